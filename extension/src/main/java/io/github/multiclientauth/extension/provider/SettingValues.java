package io.github.multiclientauth.extension.provider;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Splits settings that take several values in the admin console. */
public final class SettingValues {

    /** How Keycloak stores several values of one setting. */
    private static final Pattern SEPARATOR = Pattern.compile("##");

    private SettingValues() {}

    /**
     * Collects the values of all the settings, without empty ones and without blanks around them.
     *
     * @param settings as Keycloak stores them, {@code null} for an empty one
     */
    public static Set<String> of(Collection<String> settings) {
        return settings.stream()
                .filter(Objects::nonNull)
                .flatMap(setting -> Arrays.stream(SEPARATOR.split(setting)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .collect(toUnmodifiableSet());
    }
}
