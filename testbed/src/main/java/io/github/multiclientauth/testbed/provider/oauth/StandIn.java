package io.github.multiclientauth.testbed.provider.oauth;

import io.vertx.ext.web.Router;
import java.util.Map;

/**
 * A provider that stands in for the real one.
 *
 * @param alias what Keycloak's realm calls it, and its path where all share one host: {@code google}
 * @param authorizePath the path of its authorization endpoint, the same at the real host and below the alias
 * @param ledger what it knows: apps to register, failures to set, sightings to check
 * @param hosts what answers at which of the real host names, in lower case
 * @param pages the part for browsers, to be mounted below the alias
 */
public record StandIn(String alias, String authorizePath, Ledger ledger, Map<String, Router> hosts, Router pages) {

    public StandIn {
        hosts = Map.copyOf(hosts);
    }
}
