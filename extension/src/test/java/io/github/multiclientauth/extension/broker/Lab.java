package io.github.multiclientauth.extension.broker;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A realm in memory, as much of it as sign-ins through a provider ask for; any other question is an error. */
final class Lab {

    /** How the step "Client origin" of the browser flow is configured; {@code null}: nobody has. */
    Map<String, String> stepConfig;

    /** Of the client that signs in. */
    String clientScope = "multi-client-auth";

    /** Whether anybody is signing in at all. */
    boolean authenticationSession = true;

    String action = "AUTHENTICATE";

    private final Map<String, IdentityProviderModel> providers = new HashMap<>();

    IdentityProviderModel provider(String alias, String type, boolean enabled, Map<String, String> config) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(alias);
        model.setProviderId(type);
        model.setEnabled(enabled);
        model.getConfig().putAll(config);
        providers.put(alias, model);
        return model;
    }

    AuthenticationSessionModel signIn(String clientId) {
        RealmModel realm = realm();
        ClientModel client = fake(ClientModel.class, (method, arguments) -> switch (method) {
            case "getClientId" -> clientId;
            case "getClientScopes" ->
                (boolean) arguments[0]
                        ? Map.of()
                        : Map.of(clientScope, fake(ClientScopeModel.class, (m, a) -> unexpected(m)));
            case "getAuthenticationFlowBindingOverride" -> null;
            default -> unexpected(method);
        });
        return fake(AuthenticationSessionModel.class, (method, arguments) -> switch (method) {
            case "getClient" -> client;
            case "getRealm" -> realm;
            case "getAction" -> action;
            case "getAuthNote" -> null;
            default -> unexpected(method);
        });
    }

    KeycloakSession session(AuthenticationSessionModel signIn) {
        RealmModel realm = realm();
        KeycloakContext context = fake(KeycloakContext.class, (method, arguments) -> switch (method) {
            case "getAuthenticationSession" -> authenticationSession ? signIn : null;
            case "getRealm" -> realm;
            default -> unexpected(method);
        });
        IdentityProviderStorageProvider storage =
                fake(IdentityProviderStorageProvider.class, (method, arguments) -> switch (method) {
                    case "getByAlias" -> providers.get((String) arguments[0]);
                    default -> unexpected(method);
                });
        return fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> context;
            case "identityProviders" -> storage;
            default -> unexpected(method);
        });
    }

    private RealmModel realm() {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId("browser flow");
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setConfig(stepConfig);
        return fake(RealmModel.class, (method, arguments) -> switch (method) {
            case "getName" -> "lab";
            case "getBrowserFlow" -> flow;
            case "getAuthenticationExecutionsStream" -> executions();
            case "getAuthenticatorConfigById" -> config;
            default -> unexpected(method);
        });
    }

    private Stream<AuthenticationExecutionModel> executions() {
        AuthenticationExecutionModel cookie = new AuthenticationExecutionModel();
        cookie.setAuthenticator("auth-cookie");
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setAuthenticator("client-origin");
        step.setAuthenticatorConfig(stepConfig == null ? null : "step config");
        List<AuthenticationExecutionModel> executions = new ArrayList<>(List.of(cookie, step));
        return executions.stream();
    }

    private interface Answers {
        Object to(String method, Object[] arguments);
    }

    private static Object unexpected(String method) {
        throw new AssertionError("Not expected to be asked: " + method);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
