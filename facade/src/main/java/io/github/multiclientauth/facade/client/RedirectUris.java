package io.github.multiclientauth.facade.client;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses to which Keycloak sends the browser back: the client's <em>Valid redirect URIs</em>, absolute.
 *
 * <p>Texts are compared, not addresses, because Keycloak compares texts (RFC 9700, section 2.1). Where Keycloak is stricter,
 * such as by a client policy, it refuses the sign-in.
 *
 * @param registered empty if they are unknown: the extension is older than this
 */
public record RedirectUris(Optional<Set<String>> registered) {

    public static final RedirectUris UNKNOWN = new RedirectUris(Optional.empty());

    private static final String WILDCARD = "*";

    /** At the person's own machine Keycloak also accepts any port where none is registered (RFC 8252, section 7.3). */
    private static final Pattern PORT_OF_LOOPBACK =
            Pattern.compile("(http://(?:localhost|127\\.0\\.0\\.1|\\[::1])):\\d+(/.*)");

    public RedirectUris {
        registered = registered.map(Set::copyOf);
    }

    /** Whether Keycloak sends the browser back to this address, as far as is known. */
    public boolean admit(String address) {
        return registered
                .map(entries -> isAdmitted(address, entries) || isAdmitted(withoutPort(address), entries))
                .orElse(true);
    }

    private static boolean isAdmitted(String address, Set<String> entries) {
        return entries.stream().anyMatch(entry -> isAdmitted(address, entry));
    }

    private static boolean isAdmitted(String address, String entry) {
        if (!entry.endsWith(WILDCARD) || entry.contains("?")) {
            return entry.equals(address);
        }
        return address.startsWith(entry.substring(0, entry.length() - WILDCARD.length()));
    }

    private static String withoutPort(String address) {
        Matcher loopback = PORT_OF_LOOPBACK.matcher(address);
        return loopback.matches() ? loopback.group(1) + loopback.group(2) : address;
    }
}
