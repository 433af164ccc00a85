package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.decision.OriginDecision.Admitted;
import io.github.multiclientauth.extension.decision.OriginDecision.Reason;
import io.github.multiclientauth.extension.decision.OriginDecision.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From which origins a client may be signed in to.
 *
 * <p>The origin that a request names is compared as a parsed origin, for equality, with the client's own. A request that
 * names none is taken to come from where its redirect URI leads: Keycloak has checked that one against the client, and it
 * is where the code goes.
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
}
