package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.SettingValues;
import java.util.Collection;
import java.util.Set;

/**
 * The settings for the previews of one client, from all its mappers together, unchecked.
 *
 * @param patterns of the previews' origins
 * @param callbackOrigins more than one only if mappers contradict each other
 */
public record PreviewEntries(Set<String> patterns, Set<String> callbackOrigins) {

    /** The settings of a client without previews. */
    public static final PreviewEntries NONE = new PreviewEntries(Set.of(), Set.of());

    public PreviewEntries {
        patterns = Set.copyOf(patterns);
        callbackOrigins = Set.copyOf(callbackOrigins);
    }

    /** Takes settings as Keycloak stores them, {@code null} for an empty one. */
    public static PreviewEntries of(Collection<String> patterns, Collection<String> callbackOrigins) {
        return new PreviewEntries(SettingValues.of(patterns), SettingValues.of(callbackOrigins));
    }

    public boolean isEmpty() {
        return patterns.isEmpty() && callbackOrigins.isEmpty();
    }
}
