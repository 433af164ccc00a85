package io.github.multiclientauth.extension.token;

import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.compatibility.OwnProviderFactory;
import io.github.multiclientauth.extension.decision.GrantType;
import io.github.multiclientauth.extension.provider.Allowance;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.ErrorResponseException;

/**
 * Lets the administrator say which identity providers an application may use, and enforces it at the last place: no
 * access token is issued for a sign-in with another provider, whatever the {@link GrantType}. So a rule also holds in
 * realms without our steps, for token exchange and assertions, and for refreshes after the rule was made.
 */
public final class AllowedProvidersMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OwnProviderFactory<ProtocolMapper> {

    /** The name that client scopes refer to. */
    public static final String ID = Allowance.MAPPER;

    /** The description of the error with which Keycloak answers a request for a token that the rules do not allow. */
    public static final String REFUSAL = "provider_not_allowed";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Allowed identity providers";
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getHelpText() {
        return "Which identity providers people may use to sign in to this client. Adds no claim. A sign-in with another"
                + " provider is refused. Add it to the client scope of Multi-Client Auth, and name its clients there, or to the"
                + " dedicated scope of a client that has that client scope.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of(
                new ProviderConfigProperty(
                        Allowance.PROVIDERS,
                        "Identity providers",
                        "Aliases of the identity providers that may be used, such as github; keycloak is Keycloak's own login"
                                + " page. For the application's own provider (github-<client id>), enter the shared one."
                                + " Empty: all that are enabled.",
                        ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                        null),
                new ProviderConfigProperty(
                        Allowance.CLIENTS,
                        "Clients",
                        "In a client scope: ids of the clients that the rule is for. Empty: all that have the client scope."
                                + " Ignored in the dedicated scope of a client.",
                        ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
                        null));
    }

    @Override
    public AccessToken transformAccessToken(
            AccessToken token,
            ProtocolMapperModel mapper,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext context) {
        enforce(session, userSession, context);
        return token;
    }

    /**
     * Refuses a token of a session that the rules of its client do not allow. The mapper that every such client has
     * calls it too. Keycloak runs this mapper only where its client scope is requested, if the administrator has made
     * that optional.
     */
    public static void enforce(KeycloakSession session, UserSessionModel userSession, ClientSessionContext context) {
        AuthenticatedClientSessionModel clientSession = context.getClientSession();
        refusal(session, userSession, context).ifPresent(provider -> {
            ClientModel client = clientSession.getClient();
            TokenLog.LOG.tokenRefused(client.getClientId(), client.getRealm().getName(), provider);
            throw new ErrorResponseException(OAuthErrorException.INVALID_GRANT, REFUSAL, Response.Status.BAD_REQUEST);
        });
    }

    /** The provider that the rules do not allow; empty if there is none. */
    static Optional<String> refusal(
            KeycloakSession session, UserSessionModel userSession, ClientSessionContext context) {
        ClientProviders providers =
                new ClientProviders(session, context.getClientSession().getClient());
        return ProvenanceReader.read(session, userSession, context).stream()
                .filter(provider -> !providers.allows(provider))
                .findFirst();
    }
}
