package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static Settings start(SmallRyeConfig settings) {
        return new Wiring().settings(settings.getConfigMapping(FacadeConfig.class), settings);
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

    /** For any other exception Quarkus prints a stack trace. */
    @ParameterizedTest
    @CsvSource({
        "mca.issuer, id.example/realms/test",
        "mca.issuer, id.example:443/realms/test",
        "mca.issuer, https:/realms/test",
        "mca.issuer, not a URL",
        "mca.issuer, https://id example/realms/test",
        "mca.issuer, https://[::1/realms/test",
        "mca.issuer, https://",
        "mca.issuer, ''",
        "mca.directory.url, not a URL",
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
        "mca.keycloak.connect-timeout, 25D",
        "mca.keycloak.read-timeout, PT-0.001S",
        "mca.limits.request-timeout, 0S",
        "mca.limits.incomplete-requests, 1K",
        "mca.limits.sign-ins-per-minute, -1",
        "mca.directory.poll-interval, 0S",
    })
    void a_setting_that_cannot_be_used_is_named(String setting, String value) {
        assertThatThrownBy(() -> start(settings(setting, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("MCA00204: ")
                .hasMessageContaining(setting);
    }

    @Test
    void the_name_of_a_realm_may_be_written_as_people_read_it() {
        for (String written : List.of("M\u00fcnze und Sohn", "M%C3%BCnze%20und%20Sohn")) {
            assertThat(start(settings("mca.issuer", "https://id.example.com/realms/" + written))
                            .issuer())
                    .hasToString("https://id.example.com/realms/M%C3%BCnze%20und%20Sohn");
        }
    }

    /** Each of them may wait for a Keycloak that does not answer. */
    @Test
    void sign_ins_sign_outs_and_logout_tokens_have_separate_threads() {
        Assembly.Threads threads = KeycloakThreads.of(vertx, 32);
        CountDownLatch never = new CountDownLatch(1);
        List<Executor> pools =
                List.of(threads.signIns(), threads.logoutTokens(), threads.signOuts(), threads.ownSessions());
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

    /** The number of tasks that the pool accepts. */
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

    /** The command {@code secret} reads the same variable and must find the same secret. */
    @Test
    void a_master_secret_in_the_environment_is_taken_literally() {
        String secret = "q7$$Vx\\Jm0Zr5cT9bKpW3uYf8hN2sLd6Ea";
        ConfigValue value = settings("AUTH_SECRET", secret).getConfigValue("AUTH_SECRET");

        assertThat(Settings.asWritten(value, secret)).isEqualTo(secret);
        assertThat(Settings.asWritten(value, null)).isEqualTo("q7$Vx\\Jm0Zr5cT9bKpW3uYf8hN2sLd6Ea");
    }

    @Test
    void refuses_forwarded_headers_without_trusted_proxies() {
        String forwarding = "quarkus.http.proxy.proxy-address-forwarding";
        String proxies = "quarkus.http.proxy.trusted-proxies";

        assertThatThrownBy(() -> start(settings(forwarding, "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(proxies);
        assertThatCode(() -> start(settings(forwarding, "true", proxies, "10.0.0.5")))
                .doesNotThrowAnyException();
        assertThatCode(() -> start(settings(forwarding, "false"))).doesNotThrowAnyException();
    }

    /** Quarkus would trust another machine, or fail with a NumberFormatException. */
    @ParameterizedTest
    @ValueSource(strings = {"2001:db8::5", "10.0.0.5,fd00::1:5", "2001:db8::a, 10.0.0.5"})
    void refuses_an_ipv6_address_whose_end_quarkus_takes_for_a_port(String proxies) {
        assertThatThrownBy(() -> start(settings(
                        "quarkus.http.proxy.proxy-address-forwarding",
                        "true",
                        "quarkus.http.proxy.trusted-proxies",
                        proxies)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.http.proxy.trusted-proxies")
                .hasMessageContaining("Write [");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2001:db8::5]", "2001:db8::/48", "10.0.0.5:8080", "proxy.example.com:8080"})
    void takes_other_addresses_of_proxies(String proxies) {
        assertThatCode(() -> start(settings(
                        "quarkus.http.proxy.proxy-address-forwarding",
                        "true",
                        "quarkus.http.proxy.trusted-proxies",
                        proxies)))
                .doesNotThrowAnyException();
    }

    /** Quarkus' spans contain the whole query. */
    @Test
    void does_not_start_with_spans_of_quarkus() {
        assertThatThrownBy(() -> start(settings("quarkus.otel.instrument.vertx-http", "true")))
                .hasMessageContaining("quarkus.otel.instrument.vertx-http");
    }

    @Test
    void settings_of_traces_are_not_checked_while_traces_are_off() {
        Settings settings =
                start(settings("quarkus.otel.instrument.vertx-http", "true", "quarkus.otel.sdk.disabled", "true"));

        assertThat(settings.traced()).isFalse();
    }
}
