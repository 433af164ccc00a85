package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.extension.decision.ClientOriginSettings;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether a sign-in is one of a client that has opted in, by the client scope that the step "Client origin" of its browser
 * flow is configured with.
 */
public final class OptIn {

    /** The id of the step "Client origin". */
    public static final String STEP = "client-origin";

    private OptIn() {}

    /**
     * Whether the client has the client scope, as a default or an optional one. An optional one is a mistake that the doctor
     * names; were it no opting in, that mistake would end the checks of sign-ins, too.
     */
    public static boolean concerns(ClientModel client, ClientOriginSettings settings) {
        return client.getClientScopes(true).containsKey(settings.clientScope())
                || client.getClientScopes(false).containsKey(settings.clientScope());
    }

    /** Whether the client has opted in so that Keycloak runs the scope's mappers only for requests that ask for it. */
    public static boolean isOptional(ClientModel client, ClientOriginSettings settings) {
        return concerns(client, settings) && !client.getClientScopes(true).containsKey(settings.clientScope());
    }

    /** The default also where the step is missing: credentials and rules do not depend on it. */
    public static ClientOriginSettings settings(AuthenticationSessionModel signIn) {
        AuthenticationFlowModel flow = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        return settings(signIn.getRealm(), flow.getId());
    }

    /** What a client that signs in by this browser flow is concerned by. */
    public static ClientOriginSettings settings(RealmModel realm, String browserFlow) {
        return realm.getAuthenticationExecutionsStream(browserFlow)
                .filter(execution -> STEP.equals(execution.getAuthenticator()))
                .map(AuthenticationExecutionModel::getAuthenticatorConfig)
                .flatMap(id -> Optional.ofNullable(id).map(realm::getAuthenticatorConfigById).stream())
                .flatMap(config -> Optional.ofNullable(config.getConfig()).stream())
                .map(ClientOriginSettings::of)
                .findFirst()
                .orElseGet(() -> ClientOriginSettings.of(Map.of()));
    }
}
