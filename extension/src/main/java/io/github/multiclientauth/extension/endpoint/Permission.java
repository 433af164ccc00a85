package io.github.multiclientauth.extension.endpoint;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * Who may ask: accounts that have the role now, as in Keycloak's own admin REST API, whatever the token said when it
 * was issued. The client of the token must be allowed to get the role. Only accounts of the realm itself count.
 */
enum Permission {
    /** May ask. */
    GRANTED,
    /** Has no valid access token of this realm. */
    UNKNOWN,
    /** Has one, but not the role. */
    DENIED;

    // Keycloak 26.5 made AuthResult a record and deprecated its getters; older ones have nothing else.
    @SuppressWarnings("removal")
    static Permission of(KeycloakSession session, NeededRole role) {
        if (!bringsToken(session.getContext().getHttpRequest().getHttpHeaders())) {
            return UNKNOWN;
        }
        RealmModel realm = session.getContext().getRealm();
        AuthenticationManager.AuthResult token = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        if (token == null) {
            return UNKNOWN;
        }
        if (role.isHeldBy(new AdminAuth(realm, token.getToken(), token.getUser(), token.getClient()), realm)) {
            return GRANTED;
        }
        EndpointLog.LOG.refused(realm.getName(), token.getClient().getClientId(), role.name);
        return DENIED;
    }

    /** Whether Keycloak's own check can be called. It fails with a server error for a token without an algorithm. */
    private static boolean bringsToken(HttpHeaders headers) {
        try {
            String token = AppAuthManager.extractAuthorizationHeaderToken(headers);
            return token != null && new JWSInput(token).getHeader().getAlgorithm() != null;
        } catch (NotAuthorizedException | JWSInputException e) {
            return false;
        }
    }
}
