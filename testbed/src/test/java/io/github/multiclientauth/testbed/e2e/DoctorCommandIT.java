package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                .contains("ERROR    directory-unreadable", "ERROR    doctor-silent", "ERROR    secret-too-weak")
                .contains("mca.directory.client-secret")
                .doesNotContain("\tat ");
    }

    @Test
    void reports_that_keycloak_is_unreachable() throws Exception {
        Result result = run(Map.of("MCA_ISSUER", "http://127.0.0.1:1/realms/none"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("ERROR    issuer-unreachable", "Fix: mca.issuer");
    }

    private Result run(Map<String, String> more) throws IOException, InterruptedException {
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
        Path output = directory.resolve("doctor.txt");
        try (JavaChild program = JavaChild.start(
                "doctor", List.of(JavaChild.java().toString(), "-jar", jar, "doctor"), environment, output)) {
            int status = program.await(passed -> {});
            return new Result(status, Files.readString(output));
        }
    }
}
