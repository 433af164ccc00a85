package io.github.multiclientauth.extension.directory;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.extension.application.OptIn;
import io.github.multiclientauth.extension.directory.ClientQueries.Row;
import io.github.multiclientauth.extension.listing.ApiAccessEntries;
import io.github.multiclientauth.extension.listing.PageEntries;
import io.github.multiclientauth.extension.listing.PreviewEntries;
import io.github.multiclientauth.extension.listing.Registration;
import io.github.multiclientauth.extension.listing.StepUpEntries;
import io.github.multiclientauth.extension.provider.Allowance;
import io.github.multiclientauth.extension.token.ClientOriginMapper;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Reads with a few queries, however many clients there are. Keycloak's models read each client, its client scopes and
 * each of its lists by a query of their own.
 */
final class StorageClientReader implements ClientReader {

    @Override
    public List<Registration> read(RealmTransactions realm) {
        return realm.read(StorageClientReader::read);
    }

    private static List<Registration> read(KeycloakSession session, RealmModel realm) {
        ClientQueries queries = ClientQueries.of(session, realm.getId());
        String realmFlow = realm.getBrowserFlow().getId();
        Map<String, String> flows = queries.browserFlows();
        Map<String, String> optInScopes = optInScopes(realm, realmFlow, flows);
        Set<String> scopes = Set.copyOf(optInScopes.values());
        if (scopes.isEmpty()) {
            return List.of();
        }
        List<Row> clients = queries.clients(scopes).stream()
                .filter(client -> client.scope().equals(optInScopes.get(flows.getOrDefault(client.id(), realmFlow))))
                .filter(client -> !OptIn.BUILT_IN.contains(client.clientId()))
                .toList();
        Map<String, Set<String>> webOrigins = queries.webOrigins(scopes);
        Map<String, Set<String>> redirectUris = queries.redirectUris(scopes);
        Map<String, Map<String, String>> attributes = queries.attributes(Registration.ATTRIBUTES, scopes);
        Map<String, Set<String>> ownRules = queries.mappersOfClients(Allowance.MAPPER, Allowance.PROVIDERS);
        Map<String, List<Map<String, String>>> scopeRules = queries.mappersOfScopes(Allowance.MAPPER);
        Map<String, Set<String>> ruledBy = queries.scopesOfClients(scopeRules.keySet());
        Map<String, String> askedFor = scopesToAskFor(realm);
        Map<String, Set<String>> askable = queries.scopesOfClients(askedFor.keySet());
        Map<String, Set<String>> previews =
                queries.mappersOfClients(PreviewOriginsMapper.ID, PreviewOriginsMapper.PATTERNS);
        Map<String, Set<String>> callbackOrigins =
                queries.mappersOfClients(PreviewOriginsMapper.ID, PreviewOriginsMapper.CALLBACK_ORIGIN);
        Map<String, Set<String>> signInPages =
                queries.mappersOfClients(ApplicationPagesMapper.ID, ApplicationPagesMapper.SIGN_IN);
        Map<String, Set<String>> errorPages =
                queries.mappersOfClients(ApplicationPagesMapper.ID, ApplicationPagesMapper.ERROR);
        Set<String> withApiAccess = queries.clientsWithMapper(ApiAccessMapper.ID);
        Map<String, Set<String>> tokensFor = queries.mappersOfClients(ApiAccessMapper.ID, ApiAccessEntries.TOKENS_FOR);
        Map<String, Set<String>> audiences = queries.mappersOfClients(ApiAccessMapper.ID, ApiAccessEntries.AUDIENCES);
        Map<String, Set<String>> tokenScopes = queries.mappersOfClients(ApiAccessMapper.ID, ApiAccessEntries.SCOPES);
        OriginMappers originMappers = OriginMappers.of(queries);
        String levels = realm.getAttribute(StepUpEntries.ACR_TO_LOA);
        return clients.stream()
                .map(client -> new Registration(
                        client.clientId(),
                        Objects.requireNonNullElse(client.name(), ""),
                        client.enabled(),
                        client.publicClient(),
                        client.authenticator(),
                        client.rootUrl(),
                        webOrigins.getOrDefault(client.id(), Set.of()),
                        redirectUris.getOrDefault(client.id(), Set.of()),
                        attributes.getOrDefault(client.id(), Map.of()),
                        Stream.concat(
                                        ownRules.getOrDefault(client.id(), Set.of()).stream(),
                                        ruledBy.getOrDefault(client.id(), Set.of()).stream()
                                                .flatMap(scope -> scopeRules.get(scope).stream())
                                                .filter(rule -> Allowance.concerns(
                                                        rule.get(Allowance.CLIENTS), client.clientId()))
                                                .map(rule -> rule.getOrDefault(Allowance.PROVIDERS, "")))
                                .map(Allowance::of)
                                .toList(),
                        PreviewEntries.of(
                                previews.getOrDefault(client.id(), Set.of()),
                                callbackOrigins.getOrDefault(client.id(), Set.of())),
                        PageEntries.of(
                                signInPages.getOrDefault(client.id(), Set.of()),
                                errorPages.getOrDefault(client.id(), Set.of())),
                        StepUpEntries.of(
                                originMappers.values(client, StepUpEntries.MINIMUM_ACR),
                                originMappers.values(client, StepUpEntries.MAXIMUM_AGE),
                                originMappers.values(client, StepUpEntries.SHOW_AUTHENTICATION),
                                AcrLevels.of(
                                        attributes
                                                .getOrDefault(client.id(), Map.of())
                                                .get(StepUpEntries.ACR_TO_LOA),
                                        levels)),
                        ApiAccessEntries.of(
                                withApiAccess.contains(client.id()),
                                tokensFor.getOrDefault(client.id(), Set.of()),
                                audiences.getOrDefault(client.id(), Set.of()),
                                tokenScopes.getOrDefault(client.id(), Set.of())),
                        flows.get(client.id()),
                        askable.getOrDefault(client.id(), Set.of()).stream()
                                .map(askedFor::get)
                                .collect(toUnmodifiableSet())))
                .toList();
    }

    /**
     * The mappers <em>Client origin</em> of the realm.
     *
     * @param own the values of each setting in clients' own mappers, by client
     * @param inScopes the settings of those in client scopes, by client scope
     * @param scopes the client scopes among them that each client has
     */
    private record OriginMappers(
            Map<String, Map<String, Set<String>>> own,
            Map<String, List<Map<String, String>>> inScopes,
            Map<String, Set<String>> scopes) {

        private static final List<String> SETTINGS =
                List.of(StepUpEntries.MINIMUM_ACR, StepUpEntries.MAXIMUM_AGE, StepUpEntries.SHOW_AUTHENTICATION);

        static OriginMappers of(ClientQueries queries) {
            Map<String, List<Map<String, String>>> inScopes = queries.mappersOfScopes(ClientOriginMapper.ID);
            return new OriginMappers(
                    SETTINGS.stream()
                            .collect(toMap(
                                    setting -> setting,
                                    setting -> queries.mappersOfClients(ClientOriginMapper.ID, setting))),
                    inScopes,
                    queries.scopesOfClients(inScopes.keySet()));
        }

        List<String> values(Row client, String setting) {
            return Stream.concat(
                            own.get(setting).getOrDefault(client.id(), Set.of()).stream(),
                            scopes.getOrDefault(client.id(), Set.of()).stream()
                                    .flatMap(scope -> inScopes.get(scope).stream())
                                    .map(mapper -> mapper.get(setting))
                                    .filter(Objects::nonNull))
                    .toList();
        }
    }

    /** The names of {@link Registration#SCOPES}, by the ids of these client scopes. */
    private static Map<String, String> scopesToAskFor(RealmModel realm) {
        return realm.getClientScopesStream()
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .filter(scope -> Registration.SCOPES.contains(scope.getName()))
                .collect(toMap(ClientScopeModel::getId, ClientScopeModel::getName));
    }

    /**
     * The id of the client scope that opts a client in, by the browser flow with which it signs in. Most have the
     * realm's.
     */
    private static Map<String, String> optInScopes(RealmModel realm, String realmFlow, Map<String, String> flows) {
        Map<String, String> ids = realm.getClientScopesStream()
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .collect(toMap(ClientScopeModel::getName, ClientScopeModel::getId, (one, other) -> one));
        Set<String> used = new HashSet<>(flows.values());
        used.add(realmFlow);
        Map<String, String> scopes = new HashMap<>();
        for (String flow : used) {
            String id = ids.get(OptIn.settings(realm, flow).clientScope());
            if (id != null) {
                scopes.put(flow, id);
            }
        }
        return scopes;
    }
}
