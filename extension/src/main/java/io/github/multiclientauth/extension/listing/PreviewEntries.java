package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.SettingValues;
import java.util.Collection;
import java.util.Set;

/**
 * What was entered about the previews of one client, in all its mappers together; not looked at yet.
 *
 * @param patterns of the previews' origins
 * @param callbackOrigins more than one only if mappers contradict each other
 */
public record PreviewEntries(Set<String> patterns, Set<String> callbackOrigins) {

    /** Of a client that has no previews. */
    public static final PreviewEntries NONE = new PreviewEntries(Set.of(), Set.of());

    public PreviewEntries {
        patterns = Set.copyOf(patterns);
        callbackOrigins = Set.copyOf(callbackOrigins);
    }

    /** Settings as Keycloak stores them, {@code null} where nobody has filled one in. */
    public static PreviewEntries of(Collection<String> patterns, Collection<String> callbackOrigins) {
        return new PreviewEntries(SettingValues.of(patterns), SettingValues.of(callbackOrigins));
    }

    public boolean isEmpty() {
        return patterns.isEmpty() && callbackOrigins.isEmpty();
    }
}
