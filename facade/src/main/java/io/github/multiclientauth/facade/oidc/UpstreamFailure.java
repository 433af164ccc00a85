package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;

/** What the operator is told when Keycloak could not be asked. */
final class UpstreamFailure {

    private UpstreamFailure() {}

    /** What a parser says about an answer repeats parts of it, and those may be tokens. */
    static String describe(Exception e) {
        if (e instanceof ParseException) {
            return "The answer is no token response";
        }
        return describe(e instanceof UnavailableException && e.getCause() != null ? e.getCause() : (Throwable) e);
    }

    /** Its kind, and the first message that it or its causes have: those of java.net often have none of their own. */
    private static String describe(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        for (Throwable deeper = failure; deeper != null; deeper = deeper.getCause()) {
            if (deeper.getMessage() != null && !deeper.getMessage().isBlank()) {
                return kind + ": " + deeper.getMessage();
            }
        }
        return kind;
    }
}
