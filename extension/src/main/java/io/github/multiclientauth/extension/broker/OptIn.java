package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.origin.ClientOriginAuthenticatorFactory;
import java.util.Optional;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a sign-in is one of a client that has opted in, by the client scope that the step "Client origin" of its browser
 * flow is configured with.
 */
public final class OptIn {

    private static final String CLIENT_SCOPE = "clientScope";
    private static final String DEFAULT_CLIENT_SCOPE = "multi-client-auth";

    private OptIn() {}

    public static boolean concerns(AuthenticationSessionModel signIn) {
        ClientModel client = signIn.getClient();
        String scope = clientScope(signIn);
        return client.getClientScopes(true).containsKey(scope)
                || client.getClientScopes(false).containsKey(scope);
    }

    /** The default also where the step is missing: credentials and rules do not depend on it. */
    private static String clientScope(AuthenticationSessionModel signIn) {
        RealmModel realm = signIn.getRealm();
        AuthenticationFlowModel flow = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .filter(execution -> ClientOriginAuthenticatorFactory.ID.equals(execution.getAuthenticator()))
                .map(AuthenticationExecutionModel::getAuthenticatorConfig)
                .flatMap(id -> Optional.ofNullable(id).map(realm::getAuthenticatorConfigById).stream())
                .map(AuthenticatorConfigModel::getConfig)
                .flatMap(config -> Optional.ofNullable(config.get(CLIENT_SCOPE)).stream())
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(DEFAULT_CLIENT_SCOPE);
    }
}
