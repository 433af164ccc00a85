package io.github.multiclientauth.extension.link;

import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Whether an address belongs to the person who proves it: in the realms that link by the step "Link verified e-mail".
 * This holds for all clients of such a realm, whether or not they have opted in, since they share its accounts. An
 * account that a stranger could get verified at one client would be linked to the owner of the address at another.
 */
final class ProvedAddressRules {

    private ProvedAddressRules() {}

    /**
     * Whether the step is enabled in the realm's first broker login flow, or in one that an identity provider uses
     * instead. Found out once a request.
     */
    static boolean holds(KeycloakSession session, RealmModel realm) {
        String attribute = ProvedAddressRules.class.getName() + realm.getId();
        if (!(session.getAttribute(attribute) instanceof Boolean known)) {
            boolean found = isFound(session, realm);
            session.setAttribute(attribute, found);
            return found;
        }
        return known;
    }

    private static boolean isFound(KeycloakSession session, RealmModel realm) {
        AuthenticationFlowModel usual = realm.getFirstBrokerLoginFlow();
        return usual != null && links(realm, usual)
                || realm
                        .getAuthenticationFlowsStream()
                        .filter(AuthenticationFlowModel::isTopLevel)
                        .filter(flow -> links(realm, flow))
                        .toList()
                        .stream()
                        .anyMatch(flow -> isOfProvider(session, flow));
    }

    private static boolean links(RealmModel realm, AuthenticationFlowModel flow) {
        return AuthenticatorUtil.getExecutionsByType(realm, flow.getId(), LinkVerifiedEmailAuthenticatorFactory.ID)
                .stream()
                .anyMatch(AuthenticationExecutionModel::isEnabled);
    }

    private static boolean isOfProvider(KeycloakSession session, AuthenticationFlowModel flow) {
        return session.identityProviders()
                .getByFlow(flow.getId(), null, 0, 1)
                .findAny()
                .isPresent();
    }
}
