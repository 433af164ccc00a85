package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar … doctor} beside a running facade, with right and with wrong settings. */
@EndToEnd
@OnKeycloaksImage
class DoctorCommandIT {

    private static final String STRONG = "mP4x-9vT2-kQ7b-Zr81-Lw5n-Hc3s-Yd6g-Jf0u";

    private final Chain chain;

    @TempDir
    Path directory;

    DoctorCommandIT(Chain chain) {
        this.chain = chain;
    }

    /** @param status exit status of the program */
    private record Result(int status, String output) {}

    @Test
    void asks_keycloak_with_the_settings_of_the_facade() throws Exception {
        Result result = run(Map.of());

        // Other tests have made clients with wrong settings in the meantime.
        assertThat(result.output())
                .endsWith("\n")
                .doesNotContain(
                        "issuer-unreachable",
                        "keys-unreachable",
                        "clock-skew",
                        "directory-unreadable",
                        "sessions-unreadable")
                .doesNotContain("doctor-silent", "client portfolio", "client dashboard")
                .doesNotContain(chain.secrets().facadeAccount());
        assertThat(result.output()).containsPattern("(?m)^(Nothing is wrong\\.|Errors: \\d+, warnings: \\d+)$");
    }

    @Test
    void reports_what_is_wrong_with_the_facade_itself() throws Exception {
        Result result =
                run(Map.of("MCA_DIRECTORY_CLIENT_SECRET", "wrong", "MCA_CENTRAL_ORIGINS", "https://auth.example.com"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("ERROR    directory-unreadable", "ERROR    secret-too-weak")
                .contains("mca.directory.client-secret (MCA_DIRECTORY_CLIENT_SECRET)")
                .as("one cause gives one finding, and no log")
                .contains("Errors: 2, warnings: 0")
                .doesNotContain("\tat ", "MCA00");
    }

    @Test
    void tries_the_secrets_of_applications() throws Exception {
        createApplication("wrongsecret");
        try {
            Result result = run(
                    Map.of("MCA_CLIENTS_WRONGSECRET_SECRET", STRONG, "MCA_CLIENTS_NOWHERE_SECRET", STRONG),
                    "--json",
                    "--ignore",
                    "cookie-third-party");

            assertThat(result.status()).isEqualTo(1);
            JsonNode report = new ObjectMapper().readTree(result.output());
            assertThat(report.path("version").intValue()).isEqualTo(1);
            assertThat(StreamSupport.stream(report.path("findings").spliterator(), false)
                            .map(finding -> finding.path("clientId").asText() + " "
                                    + finding.path("id").asText()))
                    .contains("wrongsecret client-refused", "nowhere secret-without-application")
                    .doesNotContain("portfolio client-refused", "dashboard client-refused");
            assertThat(result.output())
                    .contains("mca.clients.nowhere.secret (MCA_CLIENTS_NOWHERE_SECRET)")
                    .doesNotContain(STRONG);
        } finally {
            chain.administrator().deleteClient("wrongsecret");
        }
    }

    @Test
    void tries_the_secrets_in_the_folder_too() throws Exception {
        createApplication("infolder");
        createApplication("nosecret");
        Path folder = Files.createDirectory(directory.resolve("secrets"));
        try {
            Files.createFile(
                    folder.resolve("infolder"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(folder.resolve("infolder"), "guessable");

            Result result = run(Map.of("MCA_CLIENT_SECRETS_DIRECTORY", folder.toString()));

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.output())
                    .contains("The secret of the client infolder in mca.client-secrets.directory"
                            + " (MCA_CLIENT_SECRETS_DIRECTORY) can be guessed")
                    .containsPattern("client-refused +client infolder")
                    .doesNotContain("guessable")
                    .contains("application-unusable  client nosecret")
                    .contains("mca.clients.nosecret.secret (MCA_CLIENTS_NOSECRET_SECRET),"
                            + " mca.clients.nosecret.secret-file (MCA_CLIENTS_NOSECRET_SECRET_FILE), or a file named"
                            + " after the client id in mca.client-secrets.directory (MCA_CLIENT_SECRETS_DIRECTORY)");
        } finally {
            chain.administrator().deleteClient("infolder");
            chain.administrator().deleteClient("nosecret");
        }
    }

    /** Keycloak takes the request at the facade's own origin, and not at the application's. */
    @Test
    void tries_sign_ins_at_the_central_origins_too() throws Exception {
        String central = "https://auth.made.example";
        ObjectNode settings = MadeClient.application(new Origin("http", "central.example", 80));
        settings.putArray("redirectUris").add(central + "/api/auth/callback/*");
        chain.administrator().createClient("central", null, settings);
        ObjectNode nowhere = MadeClient.application(new Origin("http", "nowhere.example", 80));
        nowhere.putArray("redirectUris").add("https://else.example/api/auth/callback/*");
        chain.administrator().createClient("noaddress", null, nowhere);
        try {
            Result result = run(Map.of("MCA_CENTRAL_ORIGINS", central));

            assertThat(result.output())
                    .doesNotContainPattern("sign-in-refused +client central")
                    .containsPattern("(sign-in-refused|redirect-uri-missing) +client noaddress");
        } finally {
            chain.administrator().deleteClient("central");
            chain.administrator().deleteClient("noaddress");
        }
    }

    @Test
    void refuses_unknown_options() throws Exception {
        Result result = run(Map.of(), "--jsn");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.output()).contains("doctor [--json] [--ignore ID]...");
    }

    /** Creates an application whose secret only Keycloak knows. */
    private void createApplication(String clientId) {
        Origin origin = new Origin("http", clientId + ".example", 80);
        chain.administrator()
                .createClient(
                        clientId,
                        UUID.randomUUID().toString(),
                        MadeClient.application(origin).put("publicClient", false));
    }

    @Test
    void reports_that_keycloak_is_unreachable() throws Exception {
        Result result = run(Map.of("MCA_ISSUER", "http://127.0.0.1:1/realms/none"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output())
                .contains("ERROR    issuer-unreachable", "Fix: mca.issuer (MCA_ISSUER)")
                .as("one cause gives one finding, and no log")
                .endsWith("Errors: 1, warnings: 0\n")
                .startsWith("ERROR")
                .doesNotContain("MCA00");
    }

    private Result run(Map<String, String> more, String... options) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>();
        environment.put("AUTH_SECRET", STRONG);
        environment.put("MCA_ISSUER", chain.issuer().toString());
        environment.put("MCA_DIRECTORY_CLIENT_SECRET", chain.secrets().facadeAccount());
        environment.put("MCA_CLIENTS_PORTFOLIO_SECRET", chain.secrets().portfolio());
        environment.put("MCA_CLIENTS_DASHBOARD_SECRET", chain.secrets().dashboard());
        // The running facade uses this port. The command opens none.
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(chain.facade().port()));
        environment.putAll(more);
        String jar = Artifacts.of(System.getProperties()).facadeJar().toString();
        List<String> command = Stream.concat(
                        Stream.of(JavaChild.java().toString(), "-jar", jar, "doctor"), Stream.of(options))
                .toList();
        Path output = directory.resolve("doctor.txt");
        try (JavaChild program = JavaChild.start("doctor", command, environment, output)) {
            int status = program.await(passed -> {});
            return new Result(status, Files.readString(output));
        }
    }
}
