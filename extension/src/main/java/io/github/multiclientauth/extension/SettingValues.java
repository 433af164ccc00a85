package io.github.multiclientauth.extension;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** The values of a setting of which the admin console takes several. */
public final class SettingValues {

    /** How Keycloak stores several values of one setting. */
    private static final Pattern SEPARATOR = Pattern.compile("##");

    private SettingValues() {}

    /**
     * Those of all the settings together, without empty ones and without blanks around them.
     *
     * @param settings as Keycloak stores them, {@code null} where nobody has filled one in
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
