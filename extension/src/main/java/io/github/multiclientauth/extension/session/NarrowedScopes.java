package io.github.multiclientauth.extension.session;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.extension.token.AllowedProvidersMapper;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RoleModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.rar.AuthorizationRequestContext;

/**
 * The context of a token with fewer scopes than its session has. What a scope that is left out would add, its mappers' claims
 * and its roles, is left out, too. Keycloak's own context can only add to the default scopes of a client.
 *
 * @param all the context of the session
 * @param scopes the names of those that are left
 */
record NarrowedScopes(ClientSessionContext all, Set<String> scopes) implements ClientSessionContext {

    /** @param scopes empty for all of them */
    static ClientSessionContext of(ClientSessionContext all, Set<String> scopes) {
        return scopes.isEmpty() ? all : new NarrowedScopes(all, scopes);
    }

    @Override
    public Stream<ClientScopeModel> getClientScopesStream() {
        return all.getClientScopesStream().filter(this::isLeft);
    }

    /**
     * Client scopes that no token names, such as {@code basic} and {@code roles}, are no permission that somebody could take
     * away. Those with our mappers enforce what the administrator has forbidden.
     */
    private boolean isLeft(ClientScopeModel scope) {
        return scope instanceof ClientModel
                || !scope.isIncludeInTokenScope()
                || scopes.contains(scope.getName())
                || scope.getProtocolMappersStream().anyMatch(NarrowedScopes::isOurs);
    }

    private static boolean isOurs(ProtocolMapperModel mapper) {
        return ClientOriginMapper.ID.equals(mapper.getProtocolMapper())
                || AllowedProvidersMapper.ID.equals(mapper.getProtocolMapper());
    }

    @Override
    public Stream<ProtocolMapperModel> getProtocolMappersStream() {
        Set<String> left = getClientScopesStream()
                .flatMap(ClientScopeModel::getProtocolMappersStream)
                .map(ProtocolMapperModel::getId)
                .collect(toUnmodifiableSet());
        return all.getProtocolMappersStream().filter(mapper -> left.contains(mapper.getId()));
    }

    @Override
    public Stream<RoleModel> getRolesStream() {
        AuthenticatedClientSessionModel clientSession = getClientSession();
        return TokenManager.getAccess(
                clientSession.getUserSession().getUser(), clientSession.getClient(), getClientScopesStream())
                .stream();
    }

    @Override
    public String getScopeString() {
        return left(all.getScopeString());
    }

    @Override
    public String getScopeString(boolean ignoreIncludeInTokenScope) {
        return left(all.getScopeString(ignoreIncludeInTokenScope));
    }

    private String left(String words) {
        return Arrays.stream(words.split(" ")).filter(scopes::contains).collect(joining(" "));
    }

    @Override
    public AuthenticatedClientSessionModel getClientSession() {
        return all.getClientSession();
    }

    /** All of them: Keycloak looks only for {@code offline_access} in it, and so finds how long the token lives. */
    @Override
    public Set<String> getClientScopeIds() {
        return all.getClientScopeIds();
    }

    /** In later versions than 26.0. */
    public boolean isOfflineTokenRequested() {
        return all.getClientScopesStream().anyMatch(scope -> OAuth2Constants.OFFLINE_ACCESS.equals(scope.getName()));
    }

    @Override
    public void setAttribute(String name, Object value) {
        all.setAttribute(name, value);
    }

    @Override
    public <T> T getAttribute(String name, Class<T> type) {
        return all.getAttribute(name, type);
    }

    @Override
    public AuthorizationRequestContext getAuthorizationRequestContext() {
        return all.getAuthorizationRequestContext();
    }
}
