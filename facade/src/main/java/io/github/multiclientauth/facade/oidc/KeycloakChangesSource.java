package io.github.multiclientauth.facade.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.FacadeAccount.Answer;
import io.github.multiclientauth.facade.oidc.FacadeAccount.NoAnswerException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the extension's changes endpoint as the facade's own service account. */
public final class KeycloakChangesSource implements ChangesSource {

    private final FacadeAccount account;
    private final KeycloakClock clock;
    private final URI changes;

    /**
     * @param account holds the realm role {@code multi-client-auth-sessions}
     * @param clock learns from the answers
     * @param directory the address of the directory. The changes are beside it
     */
    public KeycloakChangesSource(FacadeAccount account, KeycloakClock clock, URI directory) {
        this.account = account;
        this.clock = clock;
        this.changes = ExtensionAnswers.beside(directory, "changes");
    }

    @Override
    public Fetched fetch(Optional<Instant> since) {
        URI address = since.map(from -> URI.create(changes + "?since=" + from.toEpochMilli()))
                .orElse(changes);
        try {
            return fetched(account.send(KeycloakEndpoint.CHANGES, () -> request(address)));
        } catch (NoAnswerException e) {
            return new Fetched.Failed(e.getMessage());
        }
    }

    private static HTTPRequest request(URI address) {
        HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, address);
        request.setAccept("application/json");
        return request;
    }

    private Fetched fetched(Answer answer) {
        if (answer.status() != HTTPResponse.SC_OK) {
            return new Fetched.Failed(ExtensionAnswers.problem(changes, account.clientId(), answer.status()));
        }
        JsonNode document = ExtensionAnswers.parse(answer.response().getBody());
        Optional<Instant> now = ExtensionAnswers.millis(document.path("now"));
        Optional<Instant> since = ExtensionAnswers.millis(document.path("since"));
        JsonNode list = document.path("changes");
        if (now.isEmpty() || since.isEmpty() || !list.isArray()) {
            return new Fetched.Failed(changes + " answered with something else than changes");
        }
        clock.learn(now.get(), answer.arrived(), answer.roundTrip());
        List<Change> found = new ArrayList<>();
        list.forEach(change -> found.add(change(change, now.get())));
        return new Fetched.Changes(now.get(), since.get(), found);
    }

    /**
     * One change. If it cannot be read, for example because the extension is newer, anything may have changed: then it
     * concerns everybody.
     */
    private static Change change(JsonNode given, Instant now) {
        return ExtensionAnswers.millis(given.path("at"))
                .flatMap(at -> known(given, at))
                .orElseGet(() -> new Change.RealmChanged(now));
    }

    private static Optional<Change> known(JsonNode given, Instant at) {
        if (given.has("session")) {
            return ExtensionAnswers.identifier(given.path("session")).map(sid -> new Change.SessionEnded(at, sid));
        }
        if (given.has("user")) {
            return ExtensionAnswers.identifier(given.path("user"))
                    .map(user -> new Change.UserChanged(at, user, ExtensionAnswers.identifier(given.path("except"))));
        }
        if (given.has("client")) {
            return clientId(given.path("client")).map(client -> new Change.ClientChanged(at, client));
        }
        return given.path("realm").isBoolean() ? Optional.of(new Change.RealmChanged(at)) : Optional.empty();
    }

    private static Optional<ClientId> clientId(JsonNode value) {
        try {
            return Optional.ofNullable(value.textValue()).map(ClientId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
