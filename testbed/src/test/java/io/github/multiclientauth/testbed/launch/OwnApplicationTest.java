package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.process.StartFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnApplicationTest {

    private static final Addresses DEMO = Addresses.of(new Ports(8080, 4000, 8090, 9090, 3000, 3001));
    private static final Origin VITE = new Origin("http", "localhost", 5173);
    private static final Origin SHOP = new Origin("https", "shop.test", 443);

    @TempDir
    Path directory;

    @Test
    void without_the_option_there_is_none() {
        assertThat(OwnApplication.of(new Properties(), DEMO)).isEmpty();
        assertThat(asked("")).isEmpty();
    }

    @Test
    void each_origin_is_an_application() {
        assertThat(asked("http://localhost:5173")).containsExactly(new OwnApplication("my-app", VITE));
        assertThat(asked(" http://localhost:5173/ ,https://shop.test"))
                .containsExactly(new OwnApplication("my-app", VITE), new OwnApplication("my-app-2", SHOP));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            localhost:5173                              | "localhost:5173" is no origin. Write scheme, host and port
            5173                                        | "5173" is no origin
            http://localhost:5173/page                  | is no origin
            http://localhost:3000                       | is an address of the demo itself. Choose another, or move the demo
            http://127.0.0.1:8090                       | is an address of the demo itself
            http://localhost:5173,http://localhost:5173 | http://localhost:5173 is there twice
            """)
    void other_values_are_refused_with_a_reason(String value, String reason) {
        assertThatThrownBy(() -> asked(value))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("-Ddemo.origin: ")
                .hasMessageContaining(reason);
    }

    @Test
    void the_realm_gets_a_public_client_for_all_providers() throws Exception {
        Path realm = Files.writeString(
                directory.resolve("realm.json"), "{\"realm\":\"r\",\"clients\":[{\"clientId\":\"first\"}]}");
        Path copy = OwnApplication.realmWith(
                List.of(new OwnApplication("my-app", VITE)), realm, directory.resolve("new/copy.json"));
        JsonNode written = new ObjectMapper().readTree(copy.toFile());
        assertThat(written.path("realm").asText()).isEqualTo("r");
        assertThat(written.path("clients")).hasSize(2);
        JsonNode client = written.path("clients").path(0);
        assertThat(client.path("clientId").asText()).isEqualTo("my-app");
        assertThat(client.path("rootUrl").asText()).isEqualTo("http://localhost:5173");
        assertThat(client.path("publicClient").asBoolean()).isTrue();
        assertThat(client.path("redirectUris").toString())
                .contains(Testbed.PROVIDERS)
                .contains("/api/auth/callback/keycloak")
                .doesNotContain("*");
        assertThat(client.path("defaultClientScopes").toString()).contains("\"multi-client-auth\"");
    }

    /** Default values of the real file are further fields to a JSON parser, which would leave the facade without its secret. */
    @Test
    void the_realm_keeps_its_placeholders() throws Exception {
        Path realm = Path.of("..", "realm-config", "multi-client-auth-realm.json");
        List<OwnApplication> applications =
                List.of(new OwnApplication("my-app", VITE), new OwnApplication("my-app-2", SHOP));
        String copy = Files.readString(OwnApplication.realmWith(applications, realm, directory.resolve("copy.json")));
        assertThat(copy).contains("${FACADE_CLIENT_SECRET:").contains("\"clientId\":\"my-app-2\"");
        for (OwnApplication application : applications) {
            copy = copy.replace(application.client() + ",", "");
        }
        assertThat(copy).isEqualTo(Files.readString(realm));
    }

    @Test
    void the_environment_says_whether_another_client_uses_the_host_name() {
        OwnApplication vite = new OwnApplication("my-app", VITE);
        assertThat(vite.environment("http://k/realms/r", DEMO.facade(), Stream.of(DEMO.portfolio(), VITE), "s"))
                .containsEntry("AUTH_URL", "http://localhost:5173")
                .containsEntry("AUTH_KEYCLOAK_ID", "my-app")
                .containsEntry("AUTH_KEYCLOAK_ISSUER", "http://k/realms/r")
                .containsEntry("AUTH_SECRET", "s")
                .containsEntry("AUTH_SHARED_HOST", "true")
                .containsEntry("AUTH_FACADE_URL", "http://127.0.0.1:8090")
                .hasSize(6);
        assertThat(new OwnApplication("my-app", SHOP)
                        .environment("http://k/realms/r", DEMO.facade(), Stream.of(DEMO.portfolio(), SHOP), "s"))
                .doesNotContainKey("AUTH_SHARED_HOST");
    }

    @Test
    void the_announcement_can_be_copied() {
        OwnApplication application = new OwnApplication("my-app", VITE);
        assertThat(Announcement.ofOwn(
                        application,
                        DEMO.facade(),
                        application.environment("http://k/realms/r", DEMO.facade(), Stream.of(DEMO.portfolio()), "s")))
                .contains("forward its /api/auth/* to http://127.0.0.1:8090")
                .contains("\nAUTH_URL=http://localhost:5173\nAUTH_KEYCLOAK_ID=my-app\n")
                .contains("npx multi-client-auth check http://localhost:5173");
    }

    private static List<OwnApplication> asked(String origins) {
        Properties properties = new Properties();
        properties.setProperty("demo.origin", origins);
        return OwnApplication.of(properties, DEMO);
    }
}
