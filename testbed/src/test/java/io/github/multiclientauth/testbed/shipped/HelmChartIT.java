package io.github.multiclientauth.testbed.shipped;

import static io.github.multiclientauth.testbed.shipped.HelmChart.container;
import static io.github.multiclientauth.testbed.shipped.HelmChart.environment;
import static io.github.multiclientauth.testbed.shipped.HelmChart.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facade starts with what the chart gives it: variables, and Secrets as files. Keycloak is away. */
class HelmChartIT {

    private static final String VALUES = """
            keycloak: {issuer: 'http://127.0.0.1:9/realms/example'}
            trustedProxies: [10.244.0.0/16, '2001:db8::/48', '2001:db8:1::5']
            centralOrigins: ['https://auth.example.com']
            clientSecrets: {values: {shop: s3cret, my shop: '$x\\y', 'https://a.example/b+c': plus, .hidden: dot}}
            account: {secret: account-secret}
            settings: {MCA_SESSION_GRACE: 30M}
            """;

    @TempDir
    private Path work;

    @Test
    void the_rendered_environment_starts_a_facade() throws Exception {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Ports ports = Ports.free();
        List<JsonNode> manifests;
        try (HelmChart chart = new HelmChart(work)) {
            manifests = chart.render(VALUES);
        }
        Map<String, String> environment = new HashMap<>(environment(manifests));
        environment.replaceAll((name, value) -> value.startsWith("/") ? work + value : value);
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.facade()));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.facadeManagement()));
        mountSecrets(manifests);
        Path log = artifacts.workDirectory().resolve("helm-chart").resolve("facade.log");
        List<String> command = List.of(
                JavaChild.java().toString(),
                JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                artifacts.facadeJar().toString());

        try (JavaChild facade = JavaChild.start("The facade of the chart", command, environment, work, log)) {
            URI management = URI.create("http://127.0.0.1:" + ports.facadeManagement());
            new Readiness()
                    .await(
                            facade,
                            management.resolve(probe(manifests, "startup")),
                            200,
                            Duration.ofMinutes(1),
                            passed -> {});

            assertThat(get(management.resolve(probe(manifests, "liveness"))).statusCode())
                    .isEqualTo(200);
            assertThat(get(management.resolve(probe(manifests, "readiness"))).statusCode())
                    .as("Keycloak is away")
                    .isEqualTo(503);
            HttpResponse<String> keys = get(URI.create("http://127.0.0.1:" + ports.facade() + "/api/auth/jwks.json"));
            assertThat(JWKSet.parse(keys.body()).getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
        }
        assertThat(Files.readString(log))
                .as("every secret and every setting is usable")
                .doesNotContain("MCA00204", "MCA00205", "MCA00206", "MCA00207")
                .doesNotContain("Unrecognized configuration key");
    }

    private static String probe(List<JsonNode> manifests, String name) {
        return container(manifests).path(name + "Probe").at("/httpGet/path").asText();
    }

    /** Writes the files that Kubernetes would mount. */
    private void mountSecrets(List<JsonNode> manifests) throws Exception {
        JsonNode pod = only(manifests, "Deployment", "").at("/spec/template/spec");
        for (JsonNode mount : container(manifests).path("volumeMounts")) {
            for (JsonNode volume : pod.path("volumes")) {
                if (volume.path("name").equals(mount.path("name")) && volume.has("secret")) {
                    Path folder = Files.createDirectories(
                            Path.of(work + mount.path("mountPath").asText()));
                    JsonNode data = only(
                                    manifests,
                                    "Secret",
                                    volume.at("/secret/secretName").asText())
                            .path("data");
                    for (JsonNode item : volume.at("/secret/items")) {
                        Path file = folder.resolve(item.path("path").asText());
                        Files.write(
                                file,
                                Base64.getDecoder()
                                        .decode(data.path(item.path("key").asText())
                                                .asText()));
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
                    }
                }
            }
        }
    }

    private static HttpResponse<String> get(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
