package io.github.multiclientauth.facade.oidc;

import static io.github.multiclientauth.facade.oidc.StandInKeycloak.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationCode;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationRequest;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Redemption;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.github.multiclientauth.facade.trace.KeycloakSpans;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sends every kind of request to Keycloak within a trace. */
class TracedRequestsTest {

    private static final Application PORTFOLIO = Applications.PORTFOLIO.application();
    private static final Application PUSHING = new Application(
            PORTFOLIO.clientId(),
            PORTFOLIO.name(),
            PORTFOLIO.origins(),
            PORTFOLIO.authentication(),
            PORTFOLIO.providers(),
            new Application.Demands(true, false));

    private final MovableClock clock = new MovableClock(Instant.now());
    private final StandInKeycloak realm = new StandInKeycloak();
    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new Kept(ended)))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final Tracer tracer = telemetry.getTracer("test");
    private final FacadeSpans spans = new FacadeSpans(false, telemetry, tracer);
    private final KeycloakSpans watch = new KeycloakSpans(telemetry, tracer);
    private final KeycloakRequests requests =
            new KeycloakRequests(Duration.ofSeconds(10), Duration.ofSeconds(10), Optional.empty(), watch);
    private final AuthorizationServer keycloak = new NimbusAuthorizationServer(
            realm.issuerUri(), metadata(), credentials(), DirectorySnapshot::notReady, requests, clock);

    private record Kept(List<SpanData> ended) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            ended.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    @AfterEach
    void close() {
        realm.close();
        telemetry.close();
    }

    private ProviderMetadata metadata() {
        return new ProviderMetadata(realm.issuerUri(), requests, Runnable::run);
    }

    private Credentials credentials() {
        return new Credentials(realm.issuerUri(), Optional.empty(), clock);
    }

    @Test
    void every_request_to_keycloak_names_the_trace_and_the_span_that_it_is_in() {
        spans.rootSpan("everything", this::everything);

        SpanData whole = named("everything");
        assertThat(realm.asked())
                .extracting(asked -> asked.path().substring("/realms/test".length()))
                .containsExactlyInAnyOrder(
                        "/.well-known/openid-configuration",
                        "/par",
                        "/token",
                        "/certs",
                        // The account that reads the list is asked for by another part.
                        "/.well-known/openid-configuration",
                        "/token",
                        "/directory",
                        "/changes",
                        "/sessions/canary-sid");
        assertThat(ended.stream().filter(span -> span != whole))
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder(
                        "GET metadata",
                        "POST pushed_request",
                        "POST token",
                        "GET keys",
                        "GET metadata",
                        "POST token",
                        "GET directory",
                        "GET changes",
                        "DELETE sessions");
        assertThat(realm.asked())
                .extracting(asked -> asked.traceparent().orElse("none at " + asked.path()))
                .containsExactlyInAnyOrderElementsOf(ended.stream()
                        .filter(span -> span != whole)
                        .map(span -> "00-" + whole.getTraceId() + "-" + span.getSpanId() + "-01")
                        .toList());
        assertThat(ended.stream().filter(span -> span != whole))
                .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()));
    }

    @Test
    void no_span_has_a_code_a_token_or_a_secret_in_it() {
        spans.rootSpan("everything", this::everything);

        assertThat(ended)
                .hasSize(10)
                .allSatisfy(span -> assertThat(span.toString())
                        .doesNotContain("canary")
                        .doesNotContain("?")
                        .doesNotContain("the state")
                        .doesNotContain("the nonce"));
    }

    @Test
    void a_request_of_the_facade_itself_begins_a_trace() {
        realm.up(false);
        keycloak.issuerProblem(Optional.empty());

        SpanData metadata = named("GET metadata");
        assertThat(metadata.getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void a_failed_request_records_only_the_kind_of_failure() {
        watch.begin(
                        KeycloakEndpoint.TOKEN,
                        "POST",
                        URI.create("https://id.example.com/token?canary"),
                        (name, value) -> {})
                .failed(new IOException("no answer to canary"));

        SpanData failed = named("POST token");
        assertThat(failed.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(failed.getAttributes().asMap())
                .isEqualTo(Attributes.builder()
                        .put("http.request.method", "POST")
                        .put("server.address", "id.example.com")
                        .put("server.port", 443)
                        .put("error.type", "java.io.IOException")
                        .build()
                        .asMap());
        assertThat(failed.toString()).doesNotContain("canary");
    }

    @Test
    void nothing_is_traced_while_traces_are_off() {
        new FacadeSpans(true, telemetry, tracer).rootSpan("nothing", () -> {});

        assertThat(ended).isEmpty();
    }

    private SpanData named(String name) {
        return ended.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No span " + name + " among " + ended));
    }

    private void everything() {
        realm.metadata("pushed_authorization_request_endpoint", realm.issuer() + "/par");
        realm.pushed(201, "{\"request_uri\":\"urn:ietf:params:oauth:request_uri:canary\",\"expires_in\":60}");
        keycloak.authorizationUrl(
                PUSHING,
                new AuthorizationRequest(
                        "http://localhost:3000/api/auth/callback/github",
                        "http://localhost:3000",
                        "the state",
                        "the nonce",
                        "the challenge",
                        Optional.of("github"),
                        Map.of()));
        realm.tokens(signed(realm.claims()), "");
        assertThat(keycloak.redeem(
                        PORTFOLIO,
                        new AuthorizationCode(
                                "canary-code",
                                "http://localhost:3000/api/auth/callback/github",
                                new Secret("canary-verifier-canary-verifier-canary-verifier"),
                                new Secret("the nonce")),
                        Optional.of(realm.issuer())))
                .isInstanceOf(Redemption.Redeemed.class);
        realm.token(200, "{\"access_token\":\"canary-token\",\"token_type\":\"Bearer\",\"expires_in\":60}");
        realm.directory(200, "the document", "\"one\"");
        KeycloakClock own = new KeycloakClock(clock);
        FacadeAccount account = realm.account(() -> new Secret("canary-secret"), own, requests);
        URI directory = URI.create(realm.issuer() + "/directory");
        new KeycloakDirectorySource(account, directory).fetch(Optional.empty());
        new KeycloakChangesSource(account, own, directory).fetch(Optional.empty());
        new KeycloakSessionKeeper(account, own, directory, realm.issuerUri()).end(PORTFOLIO.clientId(), "canary-sid");
    }
}
