package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A client as far as it matters what it does: without ids and secrets, with the names of its flows, and with its client scopes and their
 * mappers. Two clients that behave alike have the same description, whichever tool made them.
 */
final class DescribedClient {

    /**
     * Attributes that tools write although Keycloak does the same without them. The values are those that Keycloak assumes. An empty
     * attribute counts as absent, too.
     */
    private static final Map<String, String> ASSUMED = new TreeMap<>(Map.ofEntries(
            Map.entry("realm_client", "false"),
            Map.entry("backchannel.logout.revoke.offline.tokens", "false"),
            Map.entry("backchannel.logout.session.required", "true"),
            Map.entry("client_credentials.use_refresh_token", "false"),
            Map.entry("display.on.consent.screen", "false"),
            Map.entry("dpop.bound.access.tokens", "false"),
            Map.entry("exclude.issuer.from.auth.response", "false"),
            Map.entry("exclude.session.state.from.auth.response", "false"),
            Map.entry("oauth2.device.authorization.grant.enabled", "false"),
            Map.entry("oauth2.jwt.authorization.grant.enabled", "false"),
            Map.entry("oidc.ciba.grant.enabled", "false"),
            Map.entry("standard.token.exchange.enabled", "false"),
            Map.entry("use.refresh.tokens", "true")));

    private static final List<String> OF_ONE_REALM =
            List.of("id", "secret", "access", "client.secret.creation.time", "authenticationFlowBindingOverrides");

    private DescribedClient() {}

    /** Describes a client of the administrator's realm. */
    static JsonNode of(KeycloakAdministrator administrator, String clientId) {
        JsonNode client = administrator.get("/clients/" + administrator.idOfClient(clientId));
        ObjectNode described = ((ObjectNode) client.deepCopy()).without(OF_ONE_REALM);
        List<String> unset = new ArrayList<>();
        described.properties().forEach(field -> {
            if (field.getValue().isTextual() && field.getValue().asText().isEmpty()) {
                unset.add(field.getKey());
            }
        });
        described.remove(unset);
        described.set("attributes", attributes(client.path("attributes")));
        ObjectNode flows = described.putObject("flows");
        client.path("authenticationFlowBindingOverrides")
                .properties()
                .forEach(flow -> flow(administrator, flow.getValue().asText())
                        .ifPresent(alias -> flows.put(flow.getKey(), alias)));
        ObjectNode scopes = described.putObject("scopes");
        for (JsonNode scope : administrator.get("/client-scopes")) {
            for (JsonNode name : client.path("defaultClientScopes")) {
                if (name.equals(scope.path("name"))) {
                    scopes.set(name.asText(), nameless(scope));
                }
            }
        }
        return KeycloakAdministrator.sorted(nameless(described));
    }

    private static ObjectNode attributes(JsonNode all) {
        ObjectNode set = new ObjectMapper().createObjectNode();
        all.properties().forEach(each -> {
            String value = each.getValue().asText();
            if (!OF_ONE_REALM.contains(each.getKey())
                    && !value.isEmpty()
                    && !value.equals(ASSUMED.get(each.getKey()))) {
                set.put(each.getKey(), value);
            }
        });
        return set;
    }

    private static Optional<String> flow(KeycloakAdministrator administrator, String id) {
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(administrator
                        .get("/authentication/flows/" + id)
                        .path("alias")
                        .asText());
    }

    /** Without ids, at all depths. */
    private static JsonNode nameless(JsonNode json) {
        JsonNode copy = json.deepCopy();
        copy.findParents("id").forEach(parent -> ((ObjectNode) parent).remove("id"));
        return copy;
    }
}
