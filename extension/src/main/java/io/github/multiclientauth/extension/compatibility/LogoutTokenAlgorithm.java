package io.github.multiclientauth.extension.compatibility;

import java.util.List;
import org.keycloak.common.Version;

/**
 * Whether this Keycloak signs a logout token with the algorithm of the client that it is for. Older ones take the
 * algorithm of the client whose request ends the session, for example the one of the admin console.
 *
 * @see <a href="https://github.com/keycloak/keycloak/issues/40984">Keycloak's issue 40984</a>
 */
public final class LogoutTokenAlgorithm {

    /** Fixed during 26.3: its first version still had the fault. */
    private static final List<String> FAULTY = List.of("26.0.", "26.1.", "26.2.", "26.3.");

    private LogoutTokenAlgorithm() {}

    /** Whether logout tokens of a client have the algorithm of its ID tokens. */
    public static boolean isThatOfIdTokens() {
        return isThatOfIdTokens(Version.VERSION);
    }

    static boolean isThatOfIdTokens(String version) {
        return FAULTY.stream().noneMatch(version::startsWith);
    }
}
