package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.Objects;
import java.util.Set;

/**
 * Where deployments of an application come and go that nobody registers one by one.
 *
 * @param patterns of their origins, at least one
 * @param callbackOrigin the one of the application's own origins that Keycloak sends their people back to: no redirect
 *     URI of Keycloak's can have a {@code *} in its host
 */
public record Previews(Set<OriginPattern> patterns, Origin callbackOrigin) {

    public Previews {
        patterns = Set.copyOf(patterns);
        Objects.requireNonNull(callbackOrigin, "callbackOrigin");
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("No pattern of preview origins");
        }
    }
}
