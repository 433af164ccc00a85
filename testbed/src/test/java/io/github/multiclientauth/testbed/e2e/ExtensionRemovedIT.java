package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.e2e.AdoptCommand.Result;
import io.github.multiclientauth.testbed.keycloak.KeycloakBuild;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An adopted realm in a Keycloak without the extension, after an administrator has removed the JAR before {@code undo}. */
@EndToEnd
class ExtensionRemovedIT {

    private static final String NAME = "enterprise-without-extension";
    private static final String PASSWORD = "of-the-administrator-of-this-test";

    private final Chain chain;

    @TempDir
    Path directory;

    ExtensionRemovedIT(Chain chain) {
        this.chain = chain;
    }

    // Slow: Keycloak is built without the extension for it, and started.
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void other_clients_sign_in_and_undo_repairs_the_applications() throws Exception {
        Path state = directory.resolve("state.json");
        JsonNode adopted = adopt(state);
        try (KeycloakServer stock = startStock()) {
            stock.awaitReady(passed -> {});
            KeycloakAdministrator administrator =
                    new KeycloakAdministrator(stock.address(), PASSWORD).createRealm(adopted);
            URI issuer = stock.address().resolve("/realms/" + NAME);
            assertThat(status(issuer, 1)).as("the application").isEqualTo(400);
            assertThat(status(issuer, 7)).as("who is none").isEqualTo(200);
            Files.writeString(
                    state,
                    Files.readString(state)
                            .replace(
                                    chain.keycloak().toString(), stock.address().toString()));

            AdoptCommand command = new AdoptCommand(stock.address(), NAME, PASSWORD, state);
            Result undone = command.run("undo");

            assertThat(undone.status()).as(undone.err()).isZero();
            assertThat(administrator.export().toString()).doesNotContain("multi-client-auth", "client-origin");
            assertThat(status(issuer, 1)).as("the former application").isEqualTo(200);
            assertThat(status(issuer, 7)).as("who was none").isEqualTo(200);
            Result again = command.run("apply");
            assertThat(again.status()).isEqualTo(1);
            assertThat(again.err()).contains("The extension is not in this Keycloak");
        }
    }

    private int status(URI issuer, int client) {
        return new EnterpriseSignIn(chain, issuer, client).page().status();
    }

    /** Adopts a realm and returns its export. */
    private JsonNode adopt(Path state) throws IOException, InterruptedException {
        RegisteredApp nobody = new RegisteredApp(NAME, "secret-of-" + NAME, "Enterprise", Set.of());
        KeycloakAdministrator administrator =
                chain.administrator().createRealm(EnterpriseRealm.of(NAME, EnterpriseRealm.FEW, nobody));
        try {
            Result applied = new AdoptCommand(
                            URI.create(chain.keycloak().toString()),
                            NAME,
                            chain.secrets().administrator(),
                            state)
                    .run("apply", "--clients", EnterpriseRealm.clientId(1), "--with", "first-sign-in,picture");
            assertThat(applied.status()).as(applied.err()).isZero();
            return administrator.export();
        } finally {
            administrator.deleteRealm();
        }
    }

    private KeycloakServer startStock() throws IOException, InterruptedException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path logs = Files.createDirectories(
                artifacts.workDirectory().resolve("logs").resolve("without-extension"));
        String lifeline = JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"));
        Path realm = Files.writeString(
                directory.resolve("realm.json"), "{\"realm\":\"" + KeycloakServer.REALM + "\",\"enabled\":true}");
        return KeycloakServer.start(
                KeycloakBuild.stock(
                        ServerHome.stock(artifacts), logs.resolve("keycloak-build.log"), lifeline, passed -> {}),
                new KeycloakServer.Settings(
                        Ports.free().keycloak(),
                        realm,
                        Map.of(),
                        List.of(),
                        KeycloakServer.SHORT_LIVED,
                        PASSWORD,
                        logs.resolve("keycloak.log")),
                lifeline);
    }
}
