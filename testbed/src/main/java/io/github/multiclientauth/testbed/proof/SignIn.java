package io.github.multiclientauth.testbed.proof;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.util.Optional;

/** A sign-in of a visitor at an application, through the link on its page. */
public final class SignIn {

    private final Visitor visitor;
    private final Origin application;
    private final String provider;

    private SignIn(Visitor visitor, Origin application, String provider) {
        this.visitor = visitor;
        this.application = application;
        this.provider = provider;
    }

    /** Signs in with GitHub. */
    public SignIn(Visitor visitor, Origin application) {
        this(visitor, application, "github");
    }

    /** The same visitor and application, with another provider. */
    public SignIn with(String alias) {
        return new SignIn(visitor, application, alias);
    }

    /** Follows the application's link. It leads to the provider's page or, with single sign-on, back to the application. */
    public Answer start() {
        return visitor.browse(at("/api/auth/signin/" + provider + "?callbackUrl=%2F"));
    }

    /**
     * Signs in as {@code login} and returns the session.
     *
     * @throws ProofFailedException if it does not end at the application, signed in
     */
    public JsonNode as(String login) {
        Answer page = start();
        Answer end = visitor.follow(visitor.press(page, "button[name=login][value=" + login + "]"));
        // Some applications of tests have no page there.
        boolean isPage = end.status() == 200 || end.status() == 404;
        if (!Origin.ofUrl(end.address().toString()).equals(Optional.of(application)) || !isPage) {
            throw new ProofFailedException("Signing in at " + application + " ended elsewhere: " + end);
        }
        JsonNode session = session();
        if (session.isNull()) {
            throw new ProofFailedException("Signing in came back to " + application + ", but the session is null");
        }
        return session;
    }

    /** The session that the application's page would show. */
    public JsonNode session() {
        return visitor.get(at("/api/auth/session")).json();
    }

    public URI at(String path) {
        return URI.create(application + path);
    }
}
