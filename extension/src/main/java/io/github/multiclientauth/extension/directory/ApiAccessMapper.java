package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/**
 * Lets the administrator say whether an application gets access tokens of its users' sessions, for which APIs and with which
 * scopes. Without this mapper it gets none.
 */
public final class ApiAccessMapper extends ClientSettingsMapper implements OIDCIDTokenMapper {

    /** The name that clients refer to. */
    public static final String ID = "multi-client-auth-api-access-mapper";

    /** The claim of the ID token with the user's groups and roles. */
    public static final String PROXY_ACCESS = ProxyAccessClaim.NAME;

    /** The setting that lets servers behind reverse proxies learn the user's groups and roles. */
    static final String PROXY_GROUPS = "proxy.groups";

    /** Called by Keycloak. */
    public ApiAccessMapper() {
        super("multi-client-auth-api-access-");
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "API access";
    }

    @Override
    public String getHelpText() {
        return "Gives access tokens of the users of this client to the client's own servers, or also to reverse proxies, for"
                + " calls to APIs. Browsers never get them. Adds nothing to access tokens; with Groups"
                + " for proxies, a claim to the ID token. Add it to the dedicated scope of a client that has"
                + " the client scope of Multi-Client Auth.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        ProviderConfigProperty tokensFor = new ProviderConfigProperty(
                ApiAccessEntries.TOKENS_FOR,
                "Tokens for",
                "Who gets access tokens from the facade. servers: the servers of this client, which prove that they have its"
                        + " secret. servers-and-proxies: also reverse proxies that the facade trusts, which add the token to"
                        + " requests. nobody: the facade gives no tokens.",
                ProviderConfigProperty.LIST_TYPE,
                ApiAccessEntries.SERVERS);
        tokensFor.setOptions(
                List.of(ApiAccessEntries.SERVERS, ApiAccessEntries.SERVERS_AND_PROXIES, ApiAccessEntries.NOBODY));
        return List.of(
                tokensFor,
                new ProviderConfigProperty(
                        ApiAccessEntries.AUDIENCES,
                        "Audiences",
                        "Client ids of the APIs that the tokens are for. A token has those of them that Keycloak gives this"
                                + " client anyway, and no others. If none of them is left, there is no token. Empty: all that"
                                + " Keycloak gives.",
                        ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                        null),
                new ProviderConfigProperty(
                        ApiAccessEntries.SCOPES,
                        "Scopes",
                        "The scopes that the tokens may have, such as orders:read. Each is a client scope that this client has"
                                + " as a default one; or openid, profile or email. Client scopes that are not included in"
                                + " the token scope, such as basic and roles, always stay. Empty: the scopes of the session.",
                        ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                        null),
                new ProviderConfigProperty(
                        PROXY_GROUPS,
                        "Groups for proxies",
                        "Reverse proxies learn the user name, the groups, and the roles of the realm and of this client that"
                                + " its tokens may have: only those proxies that the facade trusts. The facade gets them in"
                                + " the ID token, and shows them to no browser.",
                        ProviderConfigProperty.BOOLEAN_TYPE,
                        "false"));
    }

    /** Not where the mapper stands in a client scope: that would be for all clients with the scope. */
    @Override
    public IDToken transformIDToken(
            IDToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        ClientModel client = context.getClientSession().getClient();
        if (Boolean.parseBoolean(mapper.getConfig().get(PROXY_GROUPS))
                && client.getProtocolMapperById(mapper.getId()) != null) {
            token.getOtherClaims()
                    .put(ProxyAccessClaim.NAME, ProxyAccessClaim.of(client, userSession.getUser(), context));
        }
        return token;
    }

    /** Refuses wrong settings when they are saved. With wrong ones of an imported realm, nobody gets tokens. */
    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapper)
            throws ProtocolMapperConfigException {
        requireClient(container);
        if (!entries(List.of(mapper)).unusable().isEmpty()) {
            throw refusal("tokens-for", "Tokens for is servers, servers-and-proxies or nobody");
        }
    }

    /** The settings of a client. Mappers of client scopes do not count, since the settings belong to one application. */
    public static ApiAccessEntries entries(ClientModel client) {
        return entries(mappers(client, ID));
    }

    private static ApiAccessEntries entries(List<ProtocolMapperModel> mappers) {
        return ApiAccessEntries.of(
                !mappers.isEmpty(),
                values(mappers, ApiAccessEntries.TOKENS_FOR),
                values(mappers, ApiAccessEntries.AUDIENCES),
                values(mappers, ApiAccessEntries.SCOPES));
    }
}
