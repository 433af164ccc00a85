package io.github.multiclientauth.extension.rules;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one rule says.
 *
 * @param providers aliases of the identity providers that may be used; empty: all of them
 */
public record Allowance(Set<String> providers) {

    /** How Keycloak stores several values of one setting. */
    private static final Pattern SEPARATOR = Pattern.compile("##");

    /** @param setting as Keycloak stores it, {@code null} if nobody has filled it in */
    public static Allowance of(String setting) {
        return new Allowance(Optional.ofNullable(setting).stream()
                .flatMap(values -> Arrays.stream(SEPARATOR.split(values)))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .collect(toUnmodifiableSet()));
    }

    public boolean allows(String provider) {
        return providers.isEmpty() || names(provider);
    }

    /** Whether it speaks of this very provider. */
    public boolean names(String provider) {
        return providers.contains(provider);
    }
}
