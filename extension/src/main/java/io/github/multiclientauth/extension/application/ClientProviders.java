package io.github.multiclientauth.extension.application;

import io.github.multiclientauth.extension.provider.Allowance;
import io.github.multiclientauth.extension.provider.OwnLogin;
import io.github.multiclientauth.extension.provider.ProviderServer;
import io.github.multiclientauth.extension.provider.ProviderSiblings;
import io.github.multiclientauth.extension.provider.ProviderSiblings.Summary;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;

/**
 * The identity providers of a realm as one client sees them. Rules and tokens have a name for each: the alias of the shared provider, also
 * where the client's own one takes its place, and {@value OwnLogin#NAME} for Keycloak's own login page.
 */
public final class ClientProviders {

    /** Where Keycloak notes the provider of a session that began with a token of that provider (token exchange). */
    private static final String EXTERNAL_PROVIDER = "EXTERNAL_IDENTITY_PROVIDER";

    private final ClientModel client;
    private final ProviderSiblings siblings;

    /** @param session one whose context has the realm of the client */
    public ClientProviders(KeycloakSession session, ClientModel client) {
        this.client = client;
        this.siblings = siblings(session);
    }

    /** Which providers of the realm belong to which client. */
    public static ProviderSiblings siblings(KeycloakSession session) {
        return new ProviderSiblings(
                alias -> Optional.ofNullable(session.identityProviders().getByAlias(alias))
                        .map(ClientProviders::summary));
    }

    private static Summary summary(IdentityProviderModel provider) {
        return new Summary(
                provider.getAlias(),
                ProviderServer.of(provider.getProviderId(), provider.getConfig()),
                provider.isEnabled());
    }

    /** Whether this is the own provider of another client. */
    boolean belongsToAnother(String alias, Predicate<String> isApplication) {
        return siblings.belongsToAnother(alias, client.getClientId(), isApplication);
    }

    /** The name of a provider in rules and tokens. */
    public String nameOf(String alias) {
        return siblings.base(alias, client.getClientId());
    }

    /** The alias of the provider that serves sign-ins with this one: the client's own one, if that is enabled. */
    public String serving(String alias) {
        return siblings.serving(alias, client.getClientId());
    }

    /**
     * Whether all rules of the client allow a provider.
     *
     * @param name as {@link #nameOf} gives it
     */
    public boolean allows(String name) {
        return !OwnLogin.IMPOSTOR.equals(name) && rules(client).allMatch(rule -> rule.allows(name));
    }

    /**
     * Each of the rules that an administrator has given a client: mappers "Allowed identity providers" in its dedicated
     * scope or in any client scope that is assigned to it. In a client scope a rule may name the clients that it is
     * for. Such a rule cannot be removed by somebody who may change the client but no client scope.
     */
    public static Stream<Allowance> rules(ClientModel client) {
        return Stream.concat(
                rules(client.getProtocolMappersStream()).map(config -> Allowance.of(config.get(Allowance.PROVIDERS))),
                scopes(client)
                        .flatMap(scope -> rules(scope.getProtocolMappersStream()))
                        .filter(config -> Allowance.concerns(config.get(Allowance.CLIENTS), client.getClientId()))
                        .map(config -> Allowance.of(config.get(Allowance.PROVIDERS))));
    }

    /** Optional client scopes too: what is forbidden must not depend on which scopes a request asks for. */
    private static Stream<ClientScopeModel> scopes(ClientModel client) {
        return Stream.of(true, false).flatMap(byDefault -> client.getClientScopes(byDefault).values().stream());
    }

    private static Stream<Map<String, String>> rules(Stream<ProtocolMapperModel> mappers) {
        return mappers.filter(mapper -> Allowance.MAPPER.equals(mapper.getProtocolMapper()))
                .map(ProtocolMapperModel::getConfig);
    }

    /** The name of the provider that a session was begun with, perhaps at another client with that client's own provider. */
    public String signInProvider(UserSessionModel userSession) {
        return identityProvider(userSession).orElse(OwnLogin.NAME);
    }

    /** The same, empty if the session has no identity provider. It does not say then how it was begun. */
    public Optional<String> identityProvider(UserSessionModel userSession) {
        return Stream.of(Details.IDENTITY_PROVIDER, EXTERNAL_PROVIDER)
                .map(userSession::getNote)
                .filter(alias -> alias != null && !alias.isEmpty())
                .findFirst()
                .map(alias -> nameOf(alias, userSession));
    }

    private String nameOf(String alias, UserSessionModel userSession) {
        return Stream.concat(
                        Stream.of(client),
                        userSession.getAuthenticatedClientSessions().values().stream()
                                .map(clientSession -> clientSession.getClient()))
                .map(ClientModel::getClientId)
                .map(clientId -> siblings.base(alias, clientId))
                .filter(name -> !name.equals(alias))
                .findFirst()
                .orElse(alias);
    }
}
