package io.github.multiclientauth.extension.directory;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/**
 * Queries Keycloak's database for all clients of a realm at once. The names of entities and fields have been the same
 * from Keycloak 26.0 to 26.7. Columns that hold secrets are not read.
 */
final class ClientQueries {

    /** Loaded by name: its JAR is not on Maven Central, and a Keycloak with another storage lacks it. */
    private static final String CONNECTION = "org.keycloak.connections.jpa.JpaConnectionProvider";

    private static final String OF_THOSE =
            " c.realmId = :realm and c.protocol = 'openid-connect' and c.bearerOnly = false"
                    + " and c.id in (select m.clientId from ClientScopeClientMappingEntity m where m.clientScopeId in :scopes)";

    private final EntityManager storage;
    private final String realmId;

    /**
     * A client, once for each of the client scopes asked for that it has.
     *
     * @param id Keycloak's own, by which the other answers are sorted
     */
    record Row(
            String id,
            String clientId,
            String name,
            boolean enabled,
            boolean publicClient,
            String authenticator,
            String rootUrl,
            String scope) {}

    private ClientQueries(EntityManager storage, String realmId) {
        this.storage = storage;
        this.realmId = realmId;
    }

    /** @throws IllegalStateException if Keycloak does not keep its clients as it usually does */
    static ClientQueries of(KeycloakSession session, String realmId) {
        try {
            Class<? extends Provider> type = Class.forName(CONNECTION).asSubclass(Provider.class);
            Provider connection = session.getProvider(type);
            if (connection == null) {
                throw new IllegalStateException("There is no " + CONNECTION);
            }
            return new ClientQueries(
                    (EntityManager) type.getMethod("getEntityManager").invoke(connection), realmId);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("There is no " + CONNECTION, e);
        }
    }

    List<Row> clients(Collection<String> scopes) {
        return rows(
                        "select c.id, c.clientId, c.name, c.enabled, c.publicClient, c.clientAuthenticatorType, c.rootUrl,"
                                + " s.clientScopeId from ClientEntity c, ClientScopeClientMappingEntity s"
                                + " where s.clientId = c.id and s.clientScopeId in :scopes and" + OF_THOSE,
                        Map.of("scopes", scopes))
                .map(row -> new Row(
                        (String) row[0],
                        (String) row[1],
                        (String) row[2],
                        (Boolean) row[3],
                        (Boolean) row[4],
                        (String) row[5],
                        (String) row[6],
                        (String) row[7]))
                .toList();
    }

    /** The browser flows of clients that have another one than the realm. */
    Map<String, String> browserFlows() {
        Map<String, String> flows = new HashMap<>();
        rows(
                        "select c.id, value(f) from ClientEntity c join c.authFlowBindings f"
                                + " where c.realmId = :realm and key(f) = 'browser'",
                        Map.of())
                .forEach(row -> flows.put((String) row[0], (String) row[1]));
        return flows;
    }

    Map<String, Set<String>> webOrigins(Collection<String> scopes) {
        return sets(
                "select c.id, o from ClientEntity c join c.webOrigins o where" + OF_THOSE, Map.of("scopes", scopes));
    }

    Map<String, Set<String>> redirectUris(Collection<String> scopes) {
        return sets(
                "select c.id, u from ClientEntity c join c.redirectUris u where" + OF_THOSE, Map.of("scopes", scopes));
    }

    /** Those of these names that have a value, by client. */
    Map<String, Map<String, String>> attributes(Collection<String> names, Collection<String> scopes) {
        Map<String, Map<String, String>> attributes = new HashMap<>();
        rows(
                        "select c.id, a.name, a.value from ClientEntity c join c.attributes a"
                                + " where a.name in :names and a.value is not null and" + OF_THOSE,
                        Map.of("names", names, "scopes", scopes))
                .forEach(row -> attributes
                        .computeIfAbsent((String) row[0], client -> new HashMap<>())
                        .put((String) row[1], (String) row[2]));
        return attributes;
    }

    /** The clients that have a mapper of this type of their own. */
    Set<String> clientsWithMapper(String type) {
        return rows(
                        "select p.client.id, p.id from ProtocolMapperEntity p"
                                + " where p.protocolMapper = :type and p.client.realmId = :realm",
                        Map.of("type", type))
                .map(row -> (String) row[0])
                .collect(Collectors.toSet());
    }

    /** One setting of the clients' own mappers of one type, by client. */
    Map<String, Set<String>> mappersOfClients(String type, String setting) {
        return sets(
                "select p.client.id, value(s) from ProtocolMapperEntity p join p.config s"
                        + " where p.protocolMapper = :type and key(s) = :setting and p.client.realmId = :realm",
                Map.of("type", type, "setting", setting));
    }

    /** All settings of each mapper of one type in client scopes, by client scope. */
    Map<String, List<Map<String, String>>> mappersOfScopes(String type) {
        Map<String, Map<String, Map<String, String>>> scopes = new HashMap<>();
        rows(
                        "select p.clientScope.id, p.id, key(s), value(s) from ProtocolMapperEntity p join p.config s"
                                + " where p.protocolMapper = :type and p.clientScope.realmId = :realm"
                                + " and p.clientScope.protocol = 'openid-connect'",
                        Map.of("type", type))
                .filter(row -> row[3] != null)
                .forEach(row -> scopes.computeIfAbsent((String) row[0], scope -> new HashMap<>())
                        .computeIfAbsent((String) row[1], mapper -> new HashMap<>())
                        .put((String) row[2], (String) row[3]));
        Map<String, List<Map<String, String>>> mappers = new HashMap<>();
        scopes.forEach((scope, settings) -> mappers.put(scope, List.copyOf(settings.values())));
        return mappers;
    }

    /** Which of these client scopes the clients have, as default or optional ones. */
    Map<String, Set<String>> scopesOfClients(Collection<String> scopes) {
        return scopes.isEmpty()
                ? Map.of()
                : sets(
                        "select c.id, s.clientScopeId from ClientEntity c, ClientScopeClientMappingEntity s"
                                + " where s.clientId = c.id and s.clientScopeId in :scopes and c.realmId = :realm",
                        Map.of("scopes", scopes));
    }

    private Map<String, Set<String>> sets(String question, Map<String, Object> parameters) {
        Map<String, Set<String>> sets = new HashMap<>();
        rows(question, parameters)
                .filter(row -> row[1] != null)
                .forEach(row -> sets.computeIfAbsent((String) row[0], key -> new HashSet<>())
                        .add((String) row[1]));
        return sets;
    }

    private Stream<Object[]> rows(String question, Map<String, Object> parameters) {
        TypedQuery<Object[]> query =
                storage.createQuery(question, Object[].class).setParameter("realm", realmId);
        parameters.forEach(query::setParameter);
        return query.getResultList().stream();
    }
}
