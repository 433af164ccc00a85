package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * The files that the launcher starts. Maven passes their paths.
 *
 * @param keycloakHome the unpacked server zip
 * @param extensionJar the shipped provider JAR
 * @param facadeJar Quarkus' {@code quarkus-run.jar}
 * @param realmFile the realm to import
 * @param workDirectory the folder for logs and other files
 */
public record Artifacts(Path keycloakHome, Path extensionJar, Path facadeJar, Path realmFile, Path workDirectory) {

    /** @throws StartFailedException if a file is not named or does not exist, with the command that makes it */
    public static Artifacts of(Properties properties) {
        return new Artifacts(
                existing(properties, "testbed.keycloak.home"),
                existing(properties, "testbed.extension.jar"),
                existing(properties, "testbed.facade.jar"),
                existing(properties, "testbed.realm.file"),
                path(properties, "testbed.work.directory"));
    }

    /** The same files with another realm. */
    Artifacts with(Path realm) {
        return new Artifacts(keycloakHome, extensionJar, facadeJar, realm, workDirectory);
    }

    private static Path existing(Properties properties, String property) {
        Path path = path(properties, property);
        if (!Files.exists(path)) {
            throw new StartFailedException(path + " is missing (" + property
                    + "). Build everything from the project's root folder: mvn -Pdemo, or mvn verify for the tests");
        }
        return path;
    }

    private static Path path(Properties properties, String property) {
        String value = properties.getProperty(property);
        if (value == null || value.isBlank()) {
            throw new StartFailedException("The property " + property + " is not set; testbed/pom.xml sets it");
        }
        return Path.of(value).toAbsolutePath().normalize();
    }
}
