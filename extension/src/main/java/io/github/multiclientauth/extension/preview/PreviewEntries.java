package io.github.multiclientauth.extension.preview;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was entered about the previews of one client, in all its mappers together; not looked at yet.
 *
 * @param patterns of the previews' origins
 * @param callbackOrigins more than one only if mappers contradict each other
 */
public record PreviewEntries(Set<String> patterns, Set<String> callbackOrigins) {

    /** Of a client that has no previews. */
    public static final PreviewEntries NONE = new PreviewEntries(Set.of(), Set.of());

    /** How Keycloak stores several values of one setting. */
    private static final Pattern SEPARATOR = Pattern.compile("##");

    public PreviewEntries {
        patterns = Set.copyOf(patterns);
        callbackOrigins = Set.copyOf(callbackOrigins);
    }

    /** Settings as Keycloak stores them, {@code null} where nobody has filled one in. */
    public static PreviewEntries of(Collection<String> patterns, Collection<String> callbackOrigins) {
        return new PreviewEntries(values(patterns), values(callbackOrigins));
    }

    public boolean isEmpty() {
        return patterns.isEmpty() && callbackOrigins.isEmpty();
    }

    private static Set<String> values(Collection<String> settings) {
        return settings.stream()
                .filter(Objects::nonNull)
                .flatMap(setting -> Arrays.stream(SEPARATOR.split(setting)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(toUnmodifiableSet());
    }
}
