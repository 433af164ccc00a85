package io.github.multiclientauth.facade.page;

import io.github.multiclientauth.facade.wire.Page;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Makes HTML of a {@link Page}. Whatever it puts in is escaped by Qute, since the templates are {@code .html}. */
@Singleton
public final class PageRenderer {

    private final Template signIn;
    private final Template signOut;
    private final Template problem;
    private final Template verifyRequest;
    private final String style;
    private final String policy;

    PageRenderer(
            @Location("sign-in") Template signIn,
            @Location("sign-out") Template signOut,
            @Location("problem") Template problem,
            @Location("verify-request") Template verifyRequest) {
        this.signIn = signIn;
        this.signOut = signOut;
        this.problem = problem;
        this.verifyRequest = verifyRequest;
        this.style = stylesheet();
        // No form-action: browsers apply it to the redirects after the form too, and those lead to Keycloak and on.
        this.policy =
                "default-src 'none'; style-src '" + hash(this.style) + "'; base-uri 'none'; frame-ancestors 'none'";
    }

    /** The page as HTML in UTF-8. */
    public String render(Page page) {
        return template(page).data("page", page).data("style", style).render();
    }

    /**
     * The Content-Security-Policy that the pages need: their own style sheet and nothing else.
     *
     * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
     */
    public String contentSecurityPolicy() {
        return policy;
    }

    private Template template(Page page) {
        if (page instanceof Page.SignIn) {
            return signIn;
        }
        if (page instanceof Page.SignOut) {
            return signOut;
        }
        return page instanceof Page.VerifyRequest ? verifyRequest : problem;
    }

    private static String stylesheet() {
        try (InputStream stream = PageRenderer.class.getResourceAsStream("style.css")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
