package io.github.multiclientauth.testbed.provider.oauth;

import io.vertx.ext.web.Router;
import java.util.Map;

/**
 * A stand-in for a real provider.
 *
 * @param alias its alias in Keycloak's realm, such as {@code google}, and its path at the shared host
 * @param authorizePath the path of its authorization endpoint, the same at the real host and below the alias
 * @param ledger its data: apps to register, failures to set, sightings to check
 * @param hosts its sites by real host name in lower case
 * @param pages the part for browsers, which is mounted below the alias
 */
public record StandIn(String alias, String authorizePath, Ledger ledger, Map<String, Router> hosts, Router pages) {

    public StandIn {
        hosts = Map.copyOf(hosts);
    }
}
