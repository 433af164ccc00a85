package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.Printable;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Admitted;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Reason;
import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The origins from which people may sign in to a client.
 *
 * <p>The origin that a request names is parsed and must equal one of the client's. A request that names none counts as
 * coming from the origin of its redirect URI. Keycloak has checked that against the client, and the code goes there.
 *
 * @param allowed the client's Web origins
 * @param parameterRequired whether the redirect URI is not enough
 */
public record OriginPolicy(Set<Origin> allowed, boolean parameterRequired) {

    /**
     * @param parameter all values of {@code client_origin}
     * @param redirectUri the redirect URI of the request
     */
    public OriginDecision decide(List<String> parameter, String redirectUri) {
        if (parameter.size() > 1) {
            return new Refused(Reason.PARAMETER_DUPLICATED, String.join(" ", parameter));
        }
        if (!parameter.isEmpty()) {
            return decide(parameter.get(0), Origin.parse(parameter.get(0)));
        }
        if (parameterRequired) {
            return new Refused(Reason.PARAMETER_MISSING, "");
        }
        return decide(redirectUri == null ? "" : redirectUri, Origin.ofUrl(redirectUri));
    }

    private OriginDecision decide(String claimed, Optional<Origin> origin) {
        if (origin.isEmpty()) {
            return new Refused(Reason.NOT_AN_ORIGIN, claimed);
        }
        return allowed.contains(origin.get())
                ? new Admitted(origin.get())
                : new Refused(Reason.FOREIGN_ORIGIN, claimed);
    }

    /** Whether a sign-in may go on, as far as its origin is concerned. */
    public sealed interface OriginDecision {

        /** The origin is one of the client's. */
        record Admitted(Origin origin) implements OriginDecision {}

        /**
         * The sign-in ends here.
         *
         * @param claimed what the request said, unchanged. It must not be shown or logged without {@link Printable}
         */
        record Refused(Reason reason, String claimed) implements OriginDecision {}

        /** Why a sign-in is refused. Keycloak's event log shows the codes. */
        enum Reason {
            /** The configuration requires the parameter, and it is missing. */
            PARAMETER_MISSING("parameter_missing", "it has no client_origin, which the flow's configuration requires"),
            /** The parameter is there more than once. */
            PARAMETER_DUPLICATED("parameter_duplicated", "client_origin is there more than once"),
            /** It has more or less than a scheme, host and port. */
            NOT_AN_ORIGIN("not_an_origin", "that is not an origin"),
            /** An origin, but not one of this client's. */
            FOREIGN_ORIGIN("foreign_origin", "that is not among the client's Web origins");

            private final String code;
            private final String text;

            Reason(String code, String text) {
                this.code = code;
                this.text = text;
            }

            public String code() {
                return code;
            }

            @Override
            public String toString() {
                return text;
            }
        }
    }
}
