package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.backend.ServerHome;
import io.github.multiclientauth.testbed.e2e.SpanCollector.Collected;
import io.github.multiclientauth.testbed.keycloak.KeycloakBackend;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Progress;
import io.github.multiclientauth.testbed.launch.RealApps;
import io.github.multiclientauth.testbed.launch.RunSecrets;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An operator turns traces on in Keycloak and in the facade, with the settings of docs/how-to/monitoring.md. */
@Nightly
@Tag("zip")
@FromKeycloak(value = "26.2", does = "keeps the settings of its HTTP client when it traces (keycloak/keycloak#38740)")
class TracesIT {

    private static final String FACADE = "multi-client-auth-facade";
    private static final String KEYCLOAK = "keycloak";
    private static final String LOGIN = "traced-person";

    /** All attributes of the facade's spans that docs/how-to/monitoring.md lists. */
    private static final Set<String> DOCUMENTED = Set.of(
            "http.request.method",
            "http.route",
            "http.response.status_code",
            "url.scheme",
            "server.address",
            "server.port",
            "error.type");

    // Slow: Keycloak is built with tracing for it, and started.
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void a_sign_in_is_one_trace_through_the_facade_and_keycloak() throws Exception {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path logs = artifacts.workDirectory().resolve("logs").resolve("traces");
        try (SpanCollector collector = new SpanCollector();
                Testbed testbed = new Testbed(Ports.free(), RunSecrets.random(Map.of()), RealApps.none(), logs)) {
            testbed.start(
                    artifacts,
                    traced(artifacts, collector.address()),
                    Map.of(
                            "QUARKUS_OTEL_SDK_DISABLED",
                            "false",
                            "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                            collector.address().toString()),
                    new Progress(System.out::println));
            testbed.providers().people().join(LOGIN, Optional.of("Traced Person"), LOGIN + "@example.com", true);

            new SignIn(new Visitor(), testbed.addresses().portfolio()).as(LOGIN);

            Trace trace = Soon.see(
                            () -> Trace.ofCallback(collector.spans()),
                            arrived -> arrived.flatMap(Trace::answered).isPresent())
                    .orElseThrow();
            Collected token = trace.tokenRequest().orElseThrow();
            Collected answered = trace.answered().orElseThrow();
            assertThat(token.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
            assertThat(token.attributes()).containsEntry("http.response.status_code", "200");
            assertThat(answered.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
            assertThat(answered.attributes()).containsEntry("http.request.method", "POST");
            assertThat(List.of(token.trace(), answered.trace()))
                    .containsOnly(trace.callback().trace());
            assertThat(collector.spans())
                    .filteredOn(span -> span.service().equals(FACADE))
                    .as("no path and no query: codes are in them")
                    .allSatisfy(span ->
                            assertThat(DOCUMENTED).containsAll(span.attributes().keySet()));
        }
    }

    /** The spans of the callback request. */
    private record Trace(Collected callback, List<Collected> spans) {

        static Optional<Trace> ofCallback(List<Collected> spans) {
            return spans.stream()
                    .filter(span ->
                            span.service().equals(FACADE) && span.name().equals("GET /api/auth/callback/{provider}"))
                    .findAny()
                    .map(callback -> new Trace(callback, spans));
        }

        /** The facade's span of the token request. */
        Optional<Collected> tokenRequest() {
            return below(callback, FACADE, "POST token");
        }

        /** Keycloak's span of the same request. */
        Optional<Collected> answered() {
            return tokenRequest().flatMap(request -> below(request, KEYCLOAK, "POST"));
        }

        private Optional<Collected> below(Collected above, String service, String name) {
            return spans.stream()
                    .filter(span -> span.parent().equals(above.id())
                            && span.service().equals(service)
                            && span.name().startsWith(name))
                    .findAny();
        }
    }

    /** Tracing is a build option. {@code kc.sh build} reads the file in a folder that no other test uses. */
    private static KeycloakBackend traced(Artifacts artifacts, URI collector) throws IOException {
        Path home = ServerHome.named(artifacts, "traced");
        Files.writeString(home.resolve("conf").resolve("keycloak.conf"), "tracing-enabled=true\n");
        KeycloakBackend zip = KeycloakBackend.zip(home, artifacts.extensionJar());
        return (settings, buildLog, lifeline, building) -> zip.start(
                new KeycloakServer.Settings(
                        settings.port(),
                        settings.realmFile(),
                        settings.realmVariables(),
                        Stream.concat(settings.options().stream(), Stream.of("--tracing-endpoint=" + collector))
                                .toList(),
                        settings.jvmOptions(),
                        settings.administratorPassword(),
                        settings.log()),
                buildLog,
                lifeline,
                building);
    }
}
