package io.github.multiclientauth.extension.compatibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.keycloak.common.Version;

/**
 * The look at the server that the extension takes before it offers anything: once, when Keycloak is built with it
 * ({@code kc.sh build}, or a start that builds). A server that lacks something says so then, and not at somebody's sign-in.
 */
public final class ServerCheck {

    /** What {@code EveryKeycloakTest} found in our class files. */
    static final String LINKS = "keycloak-links.txt";

    private ServerCheck() {}

    /** Found out when it is first asked for. */
    private static final class Result {
        private static final boolean PASSED = pass();
    }

    static boolean isPassed() {
        return Result.PASSED;
    }

    /** At each start: whether this is a version that the extension was tested on. */
    public static void atStart() {
        if (!TestedVersions.include(Version.VERSION)) {
            ServerLog.LOG.untested(Version.VERSION, TestedVersions.MINORS);
        }
    }

    private static boolean pass() {
        List<String> missing = new KeycloakLinks(ServerCheck.class.getClassLoader()).missing(links());
        if (!missing.isEmpty()) {
            ServerLog.LOG.unsupported(Version.VERSION, missing);
        }
        return missing.isEmpty();
    }

    static List<String> links() {
        try (InputStream list = ServerCheck.class.getResourceAsStream(LINKS)) {
            return new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
