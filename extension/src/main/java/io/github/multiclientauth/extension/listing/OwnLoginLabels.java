package io.github.multiclientauth.extension.listing;

import java.util.Map;

/**
 * The names that people know Keycloak's own login page by.
 *
 * @param byFlow as set in the step "Client origin" of a browser flow, by the flow's id
 * @param realm the name where nothing is set: the display name of the realm
 * @param realmFlow the browser flow of clients that have none of their own
 */
public record OwnLoginLabels(Map<String, String> byFlow, String realm, String realmFlow) {

    public OwnLoginLabels {
        byFlow = Map.copyOf(byFlow);
    }

    String of(Registration client) {
        return byFlow.getOrDefault(client.browserFlow() == null ? realmFlow : client.browserFlow(), realm);
    }
}
