package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.Objects;
import java.util.Set;

/**
 * The previews of an application: deployments that come and go without being registered one by one.
 *
 * @param patterns the patterns of their origins, at least one
 * @param callbackOrigin the application's own origin where Keycloak sends sign-ins of previews. A redirect URI of
 *     Keycloak cannot have a {@code *} in its host
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
