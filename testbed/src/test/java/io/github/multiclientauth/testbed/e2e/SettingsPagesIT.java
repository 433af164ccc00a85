package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An administrator opens a settings page of the console, changes nothing or an unrelated setting, and saves. */
@EndToEnd
class SettingsPagesIT {

    private final Chain chain;
    private final String name = "settings-" + UUID.randomUUID();
    private KeycloakAdministrator administrator;

    @TempDir
    Path directory;

    SettingsPagesIT(Chain chain) {
        this.chain = chain;
    }

    @AfterEach
    void delete() {
        administrator.deleteRealm();
    }

    /** The realm file is the same for every version of Keycloak. */
    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void every_page_of_an_imported_realm_can_be_saved() throws Exception {
        importFile();

        SettingsPages.Result result = SettingsPages.saveAll(administrator);

        assertThat(result.refused()).isEmpty();
        assertThat(result.saved()).hasSizeGreaterThan(100);
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.MINUTES)
    void every_page_of_an_adopted_realm_can_be_saved() throws Exception {
        adopt();

        SettingsPages.Result result = SettingsPages.saveAll(administrator);

        assertThat(result.refused()).isEmpty();
        assertThat(result.saved()).hasSizeGreaterThan(100);
    }

    @Test
    @OnKeycloaksImage
    @FromKeycloak(value = "26.4", does = "has the console's pages as this test knows them")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void the_console_saves_the_events_of_an_imported_realm() throws Exception {
        importFile();
        try (Chromium chromium = Chromium.start();
                AdminConsole console = new AdminConsole(
                        chromium.browser(),
                        URI.create(chain.keycloak().toString()),
                        name,
                        chain.secrets().administrator(),
                        directory)) {
            console.open("realm-settings/events");

            console.named("saveEventListenerBtn").click();

            console.says("Successfully saved configuration");
        }
    }

    private void importFile() throws IOException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        ObjectNode file =
                (ObjectNode) new ObjectMapper().readTree(artifacts.realmFile().toFile());
        administrator = chain.administrator().createRealm(file.put("realm", name));
    }

    private void adopt() throws Exception {
        RegisteredApp gitHub = new RegisteredApp(name, "secret-of-" + name, "Enterprise", Set.of());
        administrator = chain.administrator().createRealm(EnterpriseRealm.of(name, EnterpriseRealm.FEW, gitHub));
        AdoptCommand.Result applied = new AdoptCommand(
                        URI.create(chain.keycloak().toString()),
                        name,
                        chain.secrets().administrator(),
                        directory.resolve("state.json"))
                .run("apply", "--clients", EnterpriseRealm.clientId(1), "--with", "first-sign-in,picture");
        assertThat(applied.status()).as(applied.err()).isZero();
    }
}
