package io.github.multiclientauth.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/**
 * The build whose release is made.
 *
 * @param version Maven's version
 * @param timestamp the time of everything in archives
 * @param commit the commit in hexadecimal; {@code unknown} in a build without the profile {@code release}
 * @param changed whether files differ from the commit
 * @param maven the version of Maven that builds
 */
record Project(String version, Instant timestamp, String commit, boolean changed, String maven) {

    static final String REPOSITORY = "https://github.com/multiclientauth/multi-client-auth";

    /** The project as Maven has described it while it compiled this class. */
    static Project built() {
        try (InputStream file = Project.class.getResourceAsStream("build.properties")) {
            Properties build = new Properties();
            build.load(file);
            return new Project(
                    build.getProperty("version"),
                    Instant.parse(build.getProperty("timestamp")),
                    build.getProperty("commit"),
                    !build.getProperty("changed").equals("false"),
                    build.getProperty("maven"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isSnapshot() {
        return version.endsWith("-SNAPSHOT");
    }
}
