package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.extension.provider.SettingValues;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The pages of its own that a client has, from all its mappers together, as entered.
 *
 * @param signIn more than one only if mappers contradict each other
 * @param error the same
 */
public record PageEntries(Set<String> signIn, Set<String> error) {

    /** The settings of a client that has no pages of its own. */
    public static final PageEntries NONE = new PageEntries(Set.of(), Set.of());

    /**
     * A path of the application's own origin: no second slash or backslash, which would begin another host, no fragment,
     * and none of the facade's addresses, which would lead in a circle.
     */
    private static final Pattern PATH =
            Pattern.compile("/(?![/\\\\])(?!api/auth(?:[/?]|$))[^\\s\\p{Cntrl}\\\\#]{0,499}");

    public PageEntries {
        signIn = Set.copyOf(signIn);
        error = Set.copyOf(error);
    }

    /** Takes settings as Keycloak stores them, {@code null} for an empty one. */
    public static PageEntries of(Collection<String> signIn, Collection<String> error) {
        return new PageEntries(SettingValues.of(signIn), SettingValues.of(error));
    }

    /** Whether a text is a path of the application's own origin. */
    public static boolean isPath(String text) {
        return PATH.matcher(text).matches();
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
                ? entered.stream().filter(PageEntries::isPath).findFirst()
                : Optional.empty();
    }
}
