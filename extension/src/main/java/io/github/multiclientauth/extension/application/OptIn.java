package io.github.multiclientauth.extension.application;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether a client has opted in: it has the client scope that the step "Client origin" of its browser flow names. */
public final class OptIn {

    /** The id of the step "Client origin". */
    public static final String STEP = "client-origin";

    /**
     * Keycloak's own clients of every realm, in every version from 26.0 on. They are no applications, even if somebody
     * has given them the client scope.
     */
    public static final Set<String> BUILT_IN = Set.of(
            "account",
            "account-console",
            "admin-cli",
            "admin-permissions",
            "broker",
            "realm-management",
            "security-admin-console",
            "_system");

    private OptIn() {}

    /**
     * Whether a client is an application: one of OpenID Connect that people can sign in to, none of Keycloak's own, and
     * opted in.
     *
     * @param settings for clients that sign in by this browser flow, as {@link #settings(RealmModel, String)} reads them
     */
    public static boolean isApplication(
            RealmModel realm, ClientModel client, Function<String, ClientOriginSettings> settings) {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol())
                // The clients of the realm "master" that represent other realms are bearer-only too.
                && !client.isBearerOnly()
                && !BUILT_IN.contains(client.getClientId())
                && concerns(client, settings.apply(browserFlow(realm, client)));
    }

    private static String browserFlow(RealmModel realm, ClientModel client) {
        return Optional.ofNullable(
                        client.getAuthenticationFlowBindingOverride(AuthenticationFlowBindings.BROWSER_BINDING))
                .orElseGet(() -> realm.getBrowserFlow().getId());
    }

    /**
     * Whether the client has the client scope, as a default or an optional one. An optional one is a mistake that the
     * doctor reports. It still counts, so that the mistake does not switch off the checks of sign-ins.
     */
    public static boolean concerns(ClientModel client, ClientOriginSettings settings) {
        return client.getClientScopes(true).containsKey(settings.clientScope())
                || client.getClientScopes(false).containsKey(settings.clientScope());
    }

    /**
     * Whether the client has opted in by an optional client scope only. Keycloak then runs its mappers only for
     * requests that ask for the scope.
     */
    public static boolean isOptional(ClientModel client, ClientOriginSettings settings) {
        return concerns(client, settings) && !client.getClientScopes(true).containsKey(settings.clientScope());
    }

    /**
     * The settings for a sign-in. Where the flow lacks the step, the defaults hold: credentials and rules do not depend
     * on the step.
     */
    public static ClientOriginSettings settings(AuthenticationSessionModel signIn) {
        AuthenticationFlowModel flow = AuthenticationFlowResolver.resolveBrowserFlow(signIn);
        return settings(signIn.getRealm(), flow.getId());
    }

    /** The settings for clients that sign in by this browser flow. */
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
