package io.github.multiclientauth.facade.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.Locale;

/**
 * Why there is no access token.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2</a>
 */
enum TokenError {
    /** The request cannot be understood, or is for no application. */
    INVALID_REQUEST(400, "The request is malformed, or names no application"),
    /** The server does not prove that it is the application's. */
    INVALID_CLIENT(401, "The server has to authenticate as the application: with its AUTH_SECRET or its client secret"),
    /** It is a browser. */
    ACCESS_DENIED(403, "Access tokens are for servers. A browser never gets one"),
    /** The administrator lets this application have none. */
    UNAUTHORIZED_CLIENT(400, "This application may not have access tokens: see its mapper API access in Keycloak"),
    /** Nobody is signed in. */
    INVALID_GRANT(400, "Nobody is signed in, or the session is over"),
    /** The proof of the key is missing or wrong (RFC 9449, section 5). */
    INVALID_DPOP_PROOF(400, "The DPoP proof is missing or cannot be used"),
    /** Keycloak cannot be asked. */
    TEMPORARILY_UNAVAILABLE(503, "Keycloak cannot be asked at the moment"),
    /** A bug in the facade. */
    SERVER_ERROR(500, "The facade has failed");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String text;

    TokenError(int status, String text) {
        this.status = status;
        this.text = text;
    }

    /** The error for what goes wrong before an application is known. */
    static TokenError of(Cause cause) {
        return switch (cause) {
            case NOT_READY -> TEMPORARILY_UNAVAILABLE;
            case FAILURE -> SERVER_ERROR;
            case DISABLED -> UNAUTHORIZED_CLIENT;
            default -> INVALID_REQUEST;
        };
    }

    /** @param reference of the request in the log */
    Reply reply(Reference reference, List<SetCookie> cookies) {
        return new Reply.Json(status, body(reference), cookies);
    }

    /** @param other in place of the usual status */
    Reply reply(int other, Reference reference) {
        return new Reply.Json(other, body(reference));
    }

    private String body(Reference reference) {
        return JSON.createObjectNode()
                .put("error", name().toLowerCase(Locale.ROOT))
                .put("error_description", text)
                .put("reference", reference.value())
                .toString();
    }
}
