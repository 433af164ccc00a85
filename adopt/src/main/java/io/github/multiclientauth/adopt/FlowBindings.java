package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** Everything that uses a flow: the realm, clients with a flow of their own, identity providers. One request changes each. */
record FlowBindings(AdminApi realm) {

    private static final int PAGE = 200;

    private static final List<String> OF_REALM = List.of(
            "browserFlow",
            "registrationFlow",
            "directGrantFlow",
            "resetCredentialsFlow",
            "clientAuthenticationFlow",
            "dockerAuthenticationFlow",
            "firstBrokerLoginFlow");

    private static final List<String> OF_PROVIDER = List.of("firstBrokerLoginFlowAlias", "postBrokerLoginFlowAlias");

    /** Binds to the second flow everything that is bound to the first. */
    void move(String from, String to) {
        Flows flows = new Flows(realm);
        flows.id(from).ifPresent(old -> {
            String id = flows.id(to).orElseThrow(() -> new RefusedException("The flow \"" + to + "\" has gone"));
            moveClients(old, id);
            moveRealm(from, to);
            moveProviders(from, to);
        });
    }

    private void moveClients(String from, String to) {
        int first = 0;
        JsonNode page;
        do {
            page = realm.get("/clients?first=" + first + "&max=" + PAGE);
            page.forEach(client -> moveClient(client, from, to));
            first += PAGE;
        } while (page.size() == PAGE);
    }

    /** Sends only this one setting. Keycloak does not change what is absent. */
    private void moveClient(JsonNode client, String from, String to) {
        ObjectNode moved = moved(client.path(ClientFlow.OVERRIDES), from, to);
        if (!moved.isEmpty()) {
            ObjectNode change =
                    Json.object().put("clientId", client.path("clientId").asText());
            change.set(ClientFlow.OVERRIDES, moved);
            realm.put(Clients.path(client), change);
        }
    }

    private void moveRealm(String from, String to) {
        JsonNode settings = realm.get("");
        for (String binding : OF_REALM) {
            if (settings.path(binding).asText().equals(from)) {
                realm.put("", Json.object().put(binding, to));
            }
        }
    }

    private void moveProviders(String from, String to) {
        String providers = "/identity-provider/instances";
        for (JsonNode listed : realm.get(providers)) {
            if (OF_PROVIDER.stream()
                    .anyMatch(binding -> listed.path(binding).asText().equals(from))) {
                String path =
                        providers + "/" + AdminApi.encoded(listed.path("alias").asText());
                ObjectNode provider = (ObjectNode) realm.get(path);
                provider.setAll(moved(provider, from, to));
                realm.put(path, provider);
            }
        }
    }

    /** The fields that have the first value, now with the second one. */
    private static ObjectNode moved(JsonNode object, String from, String to) {
        ObjectNode moved = Json.object();
        StreamSupport.stream(object.properties().spliterator(), false)
                .filter(field -> field.getValue().asText().equals(from))
                .forEach(field -> moved.put(field.getKey(), to));
        return moved;
    }
}
