package io.github.multiclientauth.extension.directory;

import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.admin.AdminAuth;

/**
 * Who may read the directory: accounts that have the role {@code view-clients} now, as in Keycloak's own admin REST
 * API, whatever the token said when it was issued. The client of the token must be allowed to get the role. Only
 * accounts of the realm itself count.
 */
enum DirectoryPermission {
    /** May read it. */
    GRANTED,
    /** Has no valid access token of this realm. */
    UNKNOWN,
    /** Has one, but not the role. */
    DENIED;

    // Keycloak 26.5 made AuthResult a record and deprecated its getters; older ones have nothing else.
    @SuppressWarnings("removal")
    static DirectoryPermission of(KeycloakSession session) {
        if (!bringsToken(session.getContext().getHttpRequest().getHttpHeaders())) {
            return UNKNOWN;
        }
        RealmModel realm = session.getContext().getRealm();
        AuthenticationManager.AuthResult token = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
        if (token == null) {
            return UNKNOWN;
        }
        AdminAuth account = new AdminAuth(realm, token.getToken(), token.getUser(), token.getClient());
        if (management(realm)
                .filter(client -> account.hasAppRole(client, AdminRoles.VIEW_CLIENTS))
                .isPresent()) {
            return GRANTED;
        }
        DirectoryLog.LOG.refused(realm.getName(), token.getClient().getClientId());
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

    /** The client that has the roles. The realm "master" keeps them in another one. */
    private static Optional<ClientModel> management(RealmModel realm) {
        return Optional.ofNullable(
                realm.getName().equals(Config.getAdminRealm())
                        ? realm.getMasterAdminClient()
                        : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID));
    }
}
