package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.keycloak.KeycloakBackend;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.keycloak.RunningKeycloak;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Progress;
import io.github.multiclientauth.testbed.launch.RealApps;
import io.github.multiclientauth.testbed.launch.RunSecrets;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An administrator replaces Keycloak 26.4 by the current version, with the same database and the same JAR. */
@Nightly
@Tag("zip")
@FromKeycloak(value = "26.5", does = "comes after the 26.4.7 from which this upgrade starts")
class UpgradeIT {

    private static final String LOGIN = "upgraded-person";
    private static final String FLOW = "multi-client-auth browser";

    @TempDir
    Path directory;

    /** One of the two Keycloaks, with the testbed's settings and one database in a file. */
    private final class OneDatabase implements KeycloakBackend {

        private final Artifacts artifacts;
        private KeycloakServer.Settings settings;
        private Path buildLog;
        private String lifeline;

        OneDatabase(Artifacts artifacts) {
            this.artifacts = artifacts;
        }

        @Override
        public RunningKeycloak start(KeycloakServer.Settings wanted, Path log, String line, Consumer<Duration> building)
                throws IOException, InterruptedException {
            settings = new KeycloakServer.Settings(
                    wanted.port(),
                    wanted.realmFile(),
                    wanted.realmVariables(),
                    Stream.concat(wanted.options().stream(), Stream.of("--db-url=" + database()))
                            .toList(),
                    wanted.jvmOptions(),
                    wanted.administratorPassword(),
                    wanted.log());
            buildLog = log;
            lifeline = line;
            return from(ServerHome.former(artifacts), building);
        }

        /** Starts the current version after the former one has ended. */
        RunningKeycloak upgraded() throws IOException, InterruptedException {
            settings = logging(settings.log().resolveSibling("keycloak-upgraded.log"));
            return from(ServerHome.extended(artifacts), passed -> {});
        }

        private KeycloakServer.Settings logging(Path log) {
            return new KeycloakServer.Settings(
                    settings.port(),
                    settings.realmFile(),
                    settings.realmVariables(),
                    settings.options(),
                    settings.jvmOptions(),
                    settings.administratorPassword(),
                    log);
        }

        private RunningKeycloak from(Path home, Consumer<Duration> building) throws IOException, InterruptedException {
            return KeycloakBackend.zip(home, artifacts.extensionJar()).start(settings, buildLog, lifeline, building);
        }

        /** Keycloak's own URL of an H2 database in a file, with another folder. */
        private String database() {
            return "jdbc:h2:file:" + directory.resolve("keycloak") + ";NON_KEYWORDS=VALUE";
        }
    }

    // Slow: it builds and starts the former Keycloak, and starts the current one.
    @Test
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    void keeps_sessions_and_the_realm() throws Exception {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        OneDatabase database = new OneDatabase(artifacts);
        Path logs = artifacts.workDirectory().resolve("logs").resolve("upgrade");
        try (Testbed testbed = new Testbed(Ports.free(), RunSecrets.random(Map.of()), RealApps.none(), logs)) {
            testbed.start(artifacts, database, new Progress(System.out::println));
            testbed.providers().people().join(LOGIN, Optional.of("Upgraded Person"), LOGIN + "@example.com", true);
            Visitor visitor = new Visitor();
            Auth portfolio = new Auth(visitor, testbed.addresses().portfolio());
            JsonNode before = new SignIn(visitor, portfolio.application()).as(LOGIN);
            String browserFlow =
                    administrator(testbed).export().path("browserFlow").asText();

            testbed.keycloak().close();
            try (RunningKeycloak upgraded = database.upgraded()) {
                upgraded.awaitReady(passed -> {});

                assertThat(portfolio.session().path("user")).as("of the cookie").isEqualTo(before.path("user"));
                assertThat(portfolio.update("{}").json().path("user"))
                        .as("with tokens that the former one issued")
                        .isEqualTo(before.path("user"));
                singleSignOn(visitor, testbed);
                signInAnew(testbed);
                saveEvents(administrator(testbed));
                assertThat(administrator(testbed).export().path("browserFlow").asText())
                        .isEqualTo(browserFlow)
                        .isEqualTo(FLOW);
            }
        }
    }

    /** Keycloak's own session has survived. */
    private static void singleSignOn(Visitor visitor, Testbed testbed) {
        Auth dashboard = new Auth(visitor, testbed.addresses().dashboard());

        Answer end = new SignIn(visitor, dashboard.application()).start();

        assertThat(end.address().toString()).as("without the provider").isEqualTo(dashboard.application() + "/");
        assertThat(dashboard.session().path("user").path("clientId").asText()).isEqualTo("dashboard");
    }

    /** The step of the flow and the mapper exist and work. */
    private static void signInAnew(Testbed testbed) {
        Auth portfolio = new Auth(new Visitor(), testbed.addresses().portfolio());

        JsonNode user = new SignIn(portfolio.visitor(), portfolio.application())
                .as(LOGIN)
                .path("user");

        assertThat(user.path("clientOrigin").asText())
                .isEqualTo(portfolio.application().toString());
        assertThat(user.path("clientId").asText()).isEqualTo("portfolio");
        assertThat(user.path("provider").asText()).isEqualTo("github");
    }

    /** The realm's list still has the listeners that Keycloak 26.0 needs. */
    private static void saveEvents(KeycloakAdministrator administrator) {
        JsonNode settings = administrator.get("/events/config");
        assertThat(settings.path("eventsListeners").toString()).contains("multi-client-auth-directory");
        administrator.put("/events/config", settings);
        assertThat(KeycloakAdministrator.sorted(administrator.get("/events/config")))
                .isEqualTo(KeycloakAdministrator.sorted(settings));
    }

    private static KeycloakAdministrator administrator(Testbed testbed) {
        return new KeycloakAdministrator(
                testbed.keycloak().address(), testbed.secrets().administrator());
    }
}
