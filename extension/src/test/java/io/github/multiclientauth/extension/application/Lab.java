package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.extension.Fake;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** A realm in memory, as much of it as sign-ins through a provider ask for; any other question is an error. */
public final class Lab {

    /** The configuration of the step "Client origin" in the browser flow; {@code null} if it was never configured. */
    public Map<String, String> stepConfig;

    /** The scope of the client that signs in. */
    public String clientScope = "multi-client-auth";

    /** Whether a sign-in is under way. */
    public boolean authenticationSession = true;

    public String action = "AUTHENTICATE";

    /** The notes of the browser's session, if there is one. The notes of a sign-in are added at once. */
    public Map<String, String> sessionNotes;

    /** Stored with the person's link to each provider, by alias; no link without. */
    public final Map<String, String> storedTokens = new HashMap<>();

    /** Other clients of the realm, all of them with the client scope of the one that signs in. */
    public final Set<String> otherClients = new HashSet<>();

    /** The names of the providers that a rule of the client allows; no rule if empty. */
    public String rule = "";

    private final Map<String, IdentityProviderModel> providers = new HashMap<>();

    public IdentityProviderModel provider(String alias, String type, boolean enabled, Map<String, String> config) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(alias);
        model.setProviderId(type);
        model.setEnabled(enabled);
        model.getConfig().putAll(config);
        providers.put(alias, model);
        return model;
    }

    public AuthenticationSessionModel signIn(String clientId) {
        return Fake.of(AuthenticationSessionModel.class)
                .answering("getClient", client(clientId))
                .answering(
                        "getParentSession",
                        Fake.of(RootAuthenticationSessionModel.class)
                                .answering("getId", "session")
                                .build())
                .doing("setUserSessionNote", note -> sessionNotes.put((String) note[0], (String) note[1]))
                .answering("getRealm", realm())
                .answering("getAction", action)
                .answering("getAuthNote", null)
                .build();
    }

    private ClientModel client(String clientId) {
        ClientScopeModel scope = Fake.of(ClientScopeModel.class)
                .doing("getProtocolMappersStream", arguments -> Stream.empty())
                .build();
        ProtocolMapperModel mapper = new ProtocolMapperModel();
        mapper.setProtocolMapper("oidc-allowed-providers-mapper");
        mapper.setConfig(Map.of("allowed.providers", rule));
        return Fake.of(ClientModel.class)
                .answering("getClientId", clientId)
                .doing("getClientScopes", defaults -> (boolean) defaults[0] ? Map.of() : Map.of(clientScope, scope))
                .doing("getProtocolMappersStream", arguments -> Stream.of(mapper))
                .answering("getAuthenticationFlowBindingOverride", null)
                .build();
    }

    public UserSessionModel userSession() {
        return sessionNotes == null
                ? null
                : Fake.of(UserSessionModel.class)
                        .doing("getNote", name -> sessionNotes.get((String) name[0]))
                        .build();
    }

    /** The link to the provider as it is stored; changes are the caller's own until they are stored. */
    public FederatedIdentityModel link(String alias) {
        return storedTokens.containsKey(alias)
                ? new FederatedIdentityModel(alias, "id", "name", storedTokens.get(alias))
                : null;
    }

    private Object store(FederatedIdentityModel link) {
        storedTokens.put(link.getIdentityProvider(), link.getToken());
        return null;
    }

    public KeycloakSession session(AuthenticationSessionModel signIn) {
        KeycloakContext context = Fake.of(KeycloakContext.class)
                .answering("getAuthenticationSession", authenticationSession ? signIn : null)
                .answering("getRealm", realm())
                .build();
        IdentityProviderStorageProvider storage = Fake.of(IdentityProviderStorageProvider.class)
                .doing("getByAlias", alias -> providers.get((String) alias[0]))
                .build();
        return Fake.of(KeycloakSession.class)
                .answering("getContext", context)
                .answering("identityProviders", storage)
                .answering(
                        "users",
                        Fake.of(UserProvider.class)
                                .doing("getFederatedIdentity", asked -> link((String) asked[2]))
                                .doing("updateFederatedIdentity", told -> store((FederatedIdentityModel) told[2]))
                                .build())
                .answering(
                        "sessions",
                        Fake.of(UserSessionProvider.class)
                                .doing("getUserSession", asked -> userSession())
                                .build())
                .build();
    }

    private RealmModel realm() {
        AuthenticationFlowModel flow = new AuthenticationFlowModel();
        flow.setId("browser flow");
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setConfig(stepConfig);
        return Fake.of(RealmModel.class)
                .answering("getName", "lab")
                .answering("getBrowserFlow", flow)
                .doing(
                        "getClientByClientId",
                        asked -> otherClients.contains(asked[0]) ? client((String) asked[0]) : null)
                .doing("getAuthenticationExecutionsStream", flowId -> executions())
                .answering("getAuthenticatorConfigById", config)
                .build();
    }

    private Stream<AuthenticationExecutionModel> executions() {
        AuthenticationExecutionModel cookie = new AuthenticationExecutionModel();
        cookie.setAuthenticator("auth-cookie");
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setAuthenticator("client-origin");
        step.setAuthenticatorConfig(stepConfig == null ? null : "step config");
        return Stream.of(cookie, step);
    }
}
