package io.github.multiclientauth.extension.claims;

import io.github.multiclientauth.extension.ExtensionVersion;
import io.github.multiclientauth.extension.compatibility.CheckedProviderFactory;
import io.github.multiclientauth.extension.origin.ClientOriginNote;
import io.github.multiclientauth.extension.origin.ProviderNote;
import io.github.multiclientauth.extension.rules.AllowedProvidersMapper;
import io.github.multiclientauth.extension.rules.SignInProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ServerInfoAwareProviderFactory;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/** Writes {@code clientOrigin}, {@code clientId} and {@code provider} into tokens, userinfo and introspection. */
public final class ClientOriginMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper,
                OIDCIDTokenMapper,
                UserInfoTokenMapper,
                TokenIntrospectionTokenMapper,
                CheckedProviderFactory,
                ServerInfoAwareProviderFactory {

    /** The name that client scopes refer to. */
    public static final String ID = "oidc-client-origin-mapper";

    static final String CLIENT_IN_AUDIENCE = "client.in.audience";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Client origin";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Adds the claims clientOrigin (from where the person signed in), clientId and provider (alias of the"
                + " identity provider; keycloak for Keycloak's own login page). Tokens without a browser sign-in get"
                + " clientId only. Needs the step \"Client origin\" in the browser flow of the client.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, ClientOriginMapper.class);
        properties.add(new ProviderConfigProperty(
                CLIENT_IN_AUDIENCE,
                "Client in audience",
                "Add the client itself to the audience of its access tokens. Keycloak 26.7 lets a client introspect"
                        + " only tokens whose audience it is in; off, introspection answers that they are not active.",
                ProviderConfigProperty.BOOLEAN_TYPE,
                "true"));
        return List.copyOf(properties);
    }

    @Override
    public Map<String, String> getOperationalInfo() {
        return ExtensionVersion.operationalInfo();
    }

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        AllowedProvidersMapper.enforce(session, userSession, context);
        AccessToken transformed = super.transformAccessToken(token, mapper, session, userSession, context);
        if (isClientInAudience(mapper)) {
            transformed.addAudience(clientId(context));
        }
        return transformed;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        SignInClaims.of(
                        clientId(context),
                        ClientOriginNote.read(clientSession),
                        ProviderNote.read(clientSession)
                                .orElseGet(() -> SignInProvider.of(session, userSession, clientSession.getClient())))
                .asMap()
                .forEach(token.getOtherClaims()::put);
    }

    /** On unless switched off: a mapper made by hand or by REST may not say. */
    private static boolean isClientInAudience(ProtocolMapperModel mapper) {
        return !"false".equals(mapper.getConfig().get(CLIENT_IN_AUDIENCE));
    }

    private static String clientId(ClientSessionContext context) {
        return context.getClientSession().getClient().getClientId();
    }
}
