package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.keycloak.KeycloakBackend;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.keycloak.RunningKeycloak;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JAR in a Keycloak that lacks a method that the JAR uses: Keycloak runs without the JAR's providers. */
@Nightly
@Tag("zip")
class ServerLacksSomethingIT {

    private static final String LINKS = "io/github/multiclientauth/extension/compatibility/keycloak-links.txt";

    /** A method that no Keycloak has. */
    private static final String MISSING = "org/keycloak/models/RealmModel getNeverThere ()Ljava/lang/String;";

    private static final String PASSWORD = "of-the-administrator-of-this-test";

    @TempDir
    Path directory;

    // Slow: Keycloak is built with another JAR for it, and started.
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void disables_its_providers_and_says_why() throws Exception {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path logs = Files.createDirectories(
                artifacts.workDirectory().resolve("logs").resolve("lacking"));
        Path buildLog = logs.resolve("keycloak-build.log");
        Path realm = Files.writeString(
                directory.resolve("realm.json"), "{\"realm\":\"" + KeycloakServer.REALM + "\",\"enabled\":true}");
        KeycloakServer.Settings settings = new KeycloakServer.Settings(
                Ports.free().keycloak(),
                realm,
                Map.of(),
                List.of(),
                KeycloakServer.SHORT_LIVED,
                PASSWORD,
                logs.resolve("keycloak.log"));
        Path home = ServerHome.named(artifacts, "lacking");

        try (RunningKeycloak keycloak = KeycloakBackend.zip(home, needing(artifacts.extensionJar()))
                .start(
                        settings,
                        buildLog,
                        JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")),
                        passed -> {})) {
            keycloak.awaitReady(passed -> {});

            assertThat(Files.readString(buildLog))
                    .containsPattern("ERROR.*MCA00\\d+: Keycloak [0-9.]+ lacks what this extension uses")
                    .contains("getNeverThere")
                    .doesNotContain("NoSuchMethodError");
            assertThat(Files.readString(settings.log())).doesNotContain("NoSuchMethodError", "NoClassDefFoundError");
            Answer signInPage = new Visitor()
                    .get(URI.create(
                            keycloak.issuer() + "/protocol/openid-connect/auth?response_type=code&client_id=account"
                                    + "&redirect_uri=" + keycloak.issuer() + "/account/"));
            assertThat(signInPage.status()).as("Keycloak's own sign-in").isEqualTo(200);
            assertThat(signInPage.body()).contains("name=\"username\"");
            Answer directoryOfApplications =
                    new Visitor().get(URI.create(keycloak.issuer() + "/multi-client-auth/directory"));
            assertThat(directoryOfApplications.status()).isEqualTo(404);
            assertThat(new KeycloakAdministrator(keycloak.address(), PASSWORD).authenticators())
                    .as("Keycloak's own are there, ours is not")
                    .contains("auth-cookie")
                    .doesNotContain("client-origin");
        }
    }

    /** The JAR of a release that uses one more method. */
    private Path needing(Path extensionJar) throws IOException {
        Path jar = Files.copy(extensionJar, directory.resolve("extension.jar"), StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            Path links = content.getPath(LINKS);
            Files.writeString(links, Files.readString(links) + MISSING + "\n");
        }
        return jar;
    }
}
