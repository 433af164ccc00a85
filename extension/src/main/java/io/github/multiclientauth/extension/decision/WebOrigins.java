package io.github.multiclientauth.extension.decision;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.multiclientauth.origin.Origin;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The Web origins of a client, after Keycloak has replaced {@code +} by the origins of the redirect URIs.
 *
 * @param origins those that name an origin
 * @param ignored those that do not. {@code *} is among them: it allows CORS from everywhere, and says nothing about
 *     where the application is served
 */
public record WebOrigins(Set<Origin> origins, Set<String> ignored) {

    public static WebOrigins of(Collection<String> entries) {
        return new WebOrigins(
                entries.stream().map(Origin::parse).flatMap(Optional::stream).collect(toUnmodifiableSet()),
                entries.stream().filter(entry -> Origin.parse(entry).isEmpty()).collect(toUnmodifiableSet()));
    }
}
