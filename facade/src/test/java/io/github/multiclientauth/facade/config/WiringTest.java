package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.oidc.FacadeKeys;
import io.github.multiclientauth.facade.oidc.KeycloakWatch;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.config.ConfigValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WiringTest {

    private static final Map<String, String> USABLE = Map.of(
            "mca.issuer", "https://id.example/realms/test",
            "mca.directory.client-secret", "secret",
            "AUTH_SECRET", "1qVx7Jm0Zr5cT9bKpW3uYf8hN2sLd6Ea");

    private final OpenTelemetry telemetry = OpenTelemetry.noop();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close();
    }

    private static SmallRyeConfig settings(String... further) {
        Map<String, String> values = new HashMap<>(USABLE);
        for (int i = 0; i < further.length; i += 2) {
            values.put(further[i], further[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(FacadeConfig.class)
                .withSources(new PropertiesConfigSource(values, "the test"))
                .build();
    }

    private void start(SmallRyeConfig settings) {
        FacadeConfig config = settings.getConfigMapping(FacadeConfig.class);
        Wiring wiring = new Wiring();
        FacadeKeys keys = wiring.facadeKeys(config);
        var revocations = wiring.revocations(config);
        var upstream = wiring.upstream(config, keys, KeycloakWatch.NONE, vertx);
        var directory = wiring.directory(config, keys, KeycloakWatch.NONE, revocations, null);
        wiring.centralOrigins(config);
        wiring.endpoints(
                config, settings, wiring.random(), null, upstream, directory, revocations, wiring.signInLimit(config));
    }

    @Test
    void starts_with_settings_that_can_be_used() {
        assertThatCode(() -> start(settings())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP://keycloak:8080/realms/test",
                "http://key_cloak:8080/realms/test",
                "http://[::1]:8080/realms/test",
                "http://10.0.0.5/realms/test"
            })
    void starts_with_any_address(String address) {
        assertThatCode(() -> start(settings("mca.issuer", address, "mca.directory.url", address + "/directory")))
                .doesNotThrowAnyException();
    }

    /** Of any other exception Quarkus prints a stack trace. */
    @ParameterizedTest
    @CsvSource({
        "mca.issuer, id.example/realms/test",
        "mca.issuer, id.example:443/realms/test",
        "mca.issuer, https:/realms/test",
        "mca.directory.url, keycloak/realms/test/directory",
        "mca.directory.url, keycloak:8080/realms/test/directory",
        "mca.directory.keep-for, 0S",
        "mca.keycloak.connect-timeout, 0S",
        "mca.keycloak.read-timeout, 30D",
        "mca.keycloak.max-concurrent-requests, 0",
        "mca.session.revalidate-after, PT-1S",
        "mca.session.grace, PT-1S",
        "mca.session.max-age, 0S",
        "mca.session.max-age, PT-1S",
        "mca.sign-in-timeout, 0S",
        "mca.sign-in-timeout, PT-1S",
        "mca.central-origins, auth.example.com",
    })
    void a_setting_that_cannot_be_used_is_named(String setting, String value) {
        assertThatThrownBy(() -> start(settings(setting, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("MCA00204: ")
                .hasMessageContaining(setting);
    }

    /** Sign-ins, sign-outs and logout tokens, each of which may wait for a Keycloak that does not answer. */
    @Test
    void nobody_waits_for_the_others_threads() {
        FacadeConfig config = settings().getConfigMapping(FacadeConfig.class);
        Wiring.Upstream upstream =
                new Wiring().upstream(config, new FacadeKeys(Optional.empty()), KeycloakWatch.NONE, vertx);
        CountDownLatch never = new CountDownLatch(1);
        List<Executor> pools = List.of(upstream.blocking(), upstream.logoutTokens(), upstream.signOuts());
        try {
            for (int i = 0; i < pools.size(); i++) {
                assertThat(taken(pools.get(i), never))
                        .as("pool %s, the others before it full", i)
                        .isBetween(100, 2000);
            }
        } finally {
            never.countDown();
        }
    }

    /** How many tasks there is room for. */
    private static int taken(Executor pool, CountDownLatch never) {
        for (int i = 0; i < 10_000; i++) {
            try {
                pool.execute(() -> await(never));
            } catch (RejectedExecutionException e) {
                return i;
            }
        }
        return Integer.MAX_VALUE;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code secret} reads the same variable, and has to find the same secret. */
    @Test
    void a_master_secret_of_the_environment_means_what_stands_there() {
        String secret = "q7$$Vx\\Jm0Zr5cT9bKpW3uYf8hN2sLd6Ea";
        ConfigValue value = settings("AUTH_SECRET", secret).getConfigValue("AUTH_SECRET");

        assertThat(Wiring.asWritten(value, secret)).isEqualTo(secret);
        assertThat(Wiring.asWritten(value, null)).isEqualTo("q7$Vx\\Jm0Zr5cT9bKpW3uYf8hN2sLd6Ea");
    }

    @Test
    void believes_no_forwarded_headers_unless_it_knows_of_whom() {
        Wiring wiring = new Wiring();

        assertThatThrownBy(() -> wiring.start(null, true, Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.http.proxy.trusted-proxies");
        assertThatCode(() -> wiring.start(null, true, Optional.of(List.of("10.0.0.5"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> wiring.start(null, false, Optional.empty())).doesNotThrowAnyException();
    }

    /** Theirs have the whole query in them. */
    @Test
    void does_not_start_with_spans_of_quarkus() {
        assertThatThrownBy(() -> new Wiring().facadeSpans(false, true, telemetry, telemetry.getTracer("test")))
                .hasMessageContaining("quarkus.otel.instrument.vertx-http");
    }

    @Test
    void what_is_off_cannot_be_wrong() {
        assertThat(new Wiring()
                        .facadeSpans(true, true, telemetry, telemetry.getTracer("test"))
                        .areOff())
                .isTrue();
    }
}
