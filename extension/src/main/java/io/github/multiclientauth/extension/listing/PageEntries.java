package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.SettingValues;
import io.github.multiclientauth.origin.PagePath;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of its own that a client has, from all its mappers together, as entered.
 *
 * @param signIn more than one only if mappers contradict each other
 * @param error the same
 */
public record PageEntries(Set<String> signIn, Set<String> error) {

    /** The settings of a client that has no pages of its own. */
    public static final PageEntries NONE = new PageEntries(Set.of(), Set.of());

    public PageEntries {
        signIn = Set.copyOf(signIn);
        error = Set.copyOf(error);
    }

    /** Takes settings as Keycloak stores them, {@code null} for an empty one. */
    public static PageEntries of(Collection<String> signIn, Collection<String> error) {
        return new PageEntries(SettingValues.of(signIn), SettingValues.of(error));
    }

    /** The sign-in page; empty if there is none, or it is no path. */
    public Optional<String> usableSignIn() {
        return usable(signIn);
    }

    /** The error page; empty if there is none, or it is no path. */
    public Optional<String> usableError() {
        return usable(error);
    }

    private static Optional<String> usable(Set<String> entered) {
        return entered.size() == 1
                ? entered.stream()
                        .filter(text -> PagePath.parse(text).isPresent())
                        .findFirst()
                : Optional.empty();
    }
}
