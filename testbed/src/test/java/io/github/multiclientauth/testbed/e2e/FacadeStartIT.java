package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.proxy.RawRequest;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged facade, started as an operator starts it, with right and wrong settings. */
@EndToEnd
class FacadeStartIT {

    private static final String MASTER = "mP4x-9vT2-kQ7b-Zr81-Lw5n-Hc3s-Yd6g-Jf0u";

    private final Chain chain;

    @TempDir
    Path directory;

    FacadeStartIT(Chain chain) {
        this.chain = chain;
    }

    /** WiringTest tries more of them, without a process. */
    @ParameterizedTest
    @ValueSource(strings = {"", "sso.example.com/realms/staff", "https://sso example.com/realms/staff"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void without_a_usable_issuer_it_ends_with_one_message(String issuer) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AUTH_SECRET", MASTER,
                "MCA_DIRECTORY_CLIENT_SECRET", "secret",
                "QUARKUS_HTTP_PORT", "0",
                "QUARKUS_MANAGEMENT_PORT", "0"));
        if (!issuer.isEmpty()) {
            environment.put("MCA_ISSUER", issuer);
        }
        Path log = directory.resolve("facade.log");
        List<String> command = List.of(
                JavaChild.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Artifacts.of(System.getProperties()).facadeJar().toString());
        int status;
        try (JavaChild facade = JavaChild.start("The facade", command, environment, log)) {
            status = facade.await(passed -> {});
        }

        assertThat(status).isEqualTo(1);
        assertThat(Files.readString(log))
                .containsOnlyOnce("MCA00204: ")
                .contains("mca.issuer: ", issuer.isEmpty() ? "is not set" : issuer)
                .doesNotContain("\tat ", "Exception", "Caused by", MASTER);
    }

    /** The first message of a new operator's log has to lead to the mistake. */
    @ParameterizedTest
    @CsvSource({
        "OTHER_NAME, 'mca.issuer is not the name of this Keycloak: Keycloak calls itself ISSUER, not '",
        "ISSUER-misspelt, 'mca.issuer names no realm of this Keycloak: ISSUER-misspelt/'",
        "http://127.0.0.1:1/realms/staff, 'Keycloak cannot be reached (mca.issuer): ConnectException: no connection to 127.0.0.1:1'",
        "http://sso.invalid/realms/staff, 'Keycloak cannot be reached (mca.issuer): UnknownHostException: sso.invalid'",
    })
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void another_issuer_an_unknown_realm_and_an_unreachable_keycloak_are_told_apart(String issuer, String says)
            throws Exception {
        URI right = chain.issuer();
        URI other = new URI(
                right.getScheme(),
                null,
                right.getHost().equals("localhost") ? "127.0.0.1" : "localhost",
                right.getPort(),
                right.getPath(),
                null,
                null);
        String given = issuer.replace("OTHER_NAME", other.toString()).replace("ISSUER", right.toString());
        String log = "facade-wrong-issuer.log";
        try (FacadeServer facade = OwnFacade.launch(
                chain, Ports.free(), chain.secrets().facadeAccount(), Map.of("MCA_ISSUER", given), log)) {
            Soon.see(
                    () -> Files.readString(chain.logs().resolve(log)),
                    text -> text.contains("MCA00252") && text.contains(says.replace("ISSUER", right.toString())));
            Soon.see(() -> problem(facade), text -> text.contains(says.replace("ISSUER", right.toString())));
        }
    }

    /** Otherwise an orchestrator sends the first people to a closed port. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void with_tls_of_its_own_it_is_ready_only_when_its_port_is_open() throws Exception {
        TlsCertificate certificate = TlsCertificate.create(directory, List.of("localhost"));
        Ports ports = Ports.free();
        Map<String, String> tls = Map.of(
                "QUARKUS_HTTP_SSL_CERTIFICATE_FILES",
                        certificate.certificateFile().toString(),
                "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", certificate.keyFile().toString(),
                "QUARKUS_HTTP_SSL_PORT", Integer.toString(ports.portfolio()),
                "QUARKUS_HTTP_INSECURE_REQUESTS", "disabled");
        try (FacadeServer facade =
                OwnFacade.launch(chain, ports, chain.secrets().facadeAccount(), tls, "facade-tls.log")) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            while (!isReady(client, facade)) {
                assertThat(facade.process().isAlive()).isTrue();
            }
            assertThat(RawRequest.overTls(
                            certificate.sslContext(),
                            "localhost",
                            ports.portfolio(),
                            List.of("GET /api/auth/session HTTP/1.1", "Host: nobody.example")))
                    .startsWith("HTTP/1.1 ");
        }
    }

    /** Asks without a pause: the moment is short. */
    private static boolean isReady(HttpClient client, FacadeServer facade) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(facade.health()).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The answer to the question whether the facade is ready; empty before its port is open. */
    private static String problem(FacadeServer facade) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(facade.health()).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        }
    }
}
