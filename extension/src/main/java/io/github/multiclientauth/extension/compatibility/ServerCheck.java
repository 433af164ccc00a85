package io.github.multiclientauth.extension.compatibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.keycloak.common.Version;

/**
 * Checks that the server has everything that the extension uses, before the extension offers anything. The check runs
 * once, when Keycloak is built with the extension ({@code kc.sh build}, or a start that builds). What is missing shows
 * then, and not at a sign-in.
 */
public final class ServerCheck {

    /** The list of everything that our class files use of Keycloak. {@code EveryKeycloakTest} writes it. */
    static final String LINKS = "keycloak-links.txt";

    private ServerCheck() {}

    /** Computed when it is first needed. */
    private static final class Result {
        private static final boolean PASSED = pass();
    }

    static boolean isPassed() {
        return Result.PASSED;
    }

    /** The version of the extension. */
    static String version() {
        return Optional.ofNullable(ServerCheck.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }

    /** The commit of a release; {@code unknown} in other builds. */
    private static String commit() {
        try (InputStream file = ServerCheck.class.getResourceAsStream("build.properties")) {
            Properties build = new Properties();
            build.load(file);
            return build.getProperty("commit");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the admin console shows of each of our providers. */
    static Map<String, String> operationalInfo() {
        return Map.of(
                "Multi-Client Auth",
                version(),
                "Multi-Client Auth: commit",
                commit(),
                "Multi-Client Auth: tested on Keycloak",
                String.join(", ", TestedVersions.MINORS));
    }

    /** Says, at each start, that the extension is active, and warns if it was not tested on this version of Keycloak. */
    public static void atStart() {
        ServerLog.LOG.active(version());
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
