package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.ParseException;

/** What the operator is told when Keycloak could not be asked. */
final class UpstreamFailure {

    private UpstreamFailure() {}

    /** What a parser says about an answer repeats parts of it, and those may be tokens. */
    static String describe(Exception e) {
        if (e instanceof ParseException) {
            return "The answer is no token response";
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
