package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import java.security.cert.CertPathBuilderException;

/** Describes for the operator why a request to Keycloak failed. */
final class UpstreamFailure {

    private static final String UNKNOWN_AUTHORITY =
            "its certificate is from an authority that the facade does not trust. If that is your company's own, name the file"
                    + " with its certificate (PEM) in mca.keycloak.trusted-certificates"
                    + " (MCA_KEYCLOAK_TRUSTED_CERTIFICATES)";

    private UpstreamFailure() {}

    /**
     * The description of a failure. The message of a parser is left out: it may quote the answer, and with it tokens.
     */
    static String describe(Exception e) {
        if (e instanceof ParseException) {
            return "The answer is no token response";
        }
        return describeAny(e instanceof UnavailableException && e.getCause() != null ? e.getCause() : e);
    }

    /**
     * The kind of the failure, and the first message of it or its causes. Exceptions of java.net often have no message.
     */
    static String describeAny(Throwable failure) {
        for (Throwable deeper = failure; deeper != null; deeper = deeper.getCause()) {
            if (deeper instanceof CertPathBuilderException) {
                return UNKNOWN_AUTHORITY;
            }
        }
        String kind = failure.getClass().getSimpleName();
        for (Throwable deeper = failure; deeper != null; deeper = deeper.getCause()) {
            if (deeper.getMessage() != null && !deeper.getMessage().isBlank()) {
                return kind + ": " + deeper.getMessage();
            }
        }
        return kind;
    }
}
