package io.github.multiclientauth.facade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTimersTest {

    @ParameterizedTest
    @CsvSource({
        "/api/auth/session, /api/auth/session",
        "/api/auth/session/, /api/auth/session",
        "/api/auth/signin, /api/auth/signin",
        "/api/auth/signin/github, /api/auth/signin/{provider}",
        "/api/auth/callback/made-up, /api/auth/callback/{provider}",
        "/api/auth/jwks.json, /api/auth/jwks.json",
        "/api/auth/nothing, other",
        "/api/auth/session/github, other",
        "/api/auth, other",
        "/api/auth/%73ession, other",
    })
    void a_path_becomes_its_route(String path, String template) {
        assertThat(HttpTimers.template(path)).isEqualTo(template);
    }

    @Test
    void made_up_paths_and_methods_make_no_series() {
        MeterRegistry registry = new SimpleMeterRegistry();
        HttpTimers timers = new HttpTimers(registry);

        IntStream.range(0, 1000).forEach(i -> {
            timers.answered("M" + i, "/api/auth/signin/p" + i, OptionalInt.of(400), 0);
            timers.answered("M" + i, "/api/auth/nothing-" + i, OptionalInt.of(400), 0);
        });

        assertThat(registry.get("http.server.requests").timers())
                .extracting(meter ->
                        meter.getId().getTag("method") + " " + meter.getId().getTag("uri"))
                .containsExactlyInAnyOrder("other /api/auth/signin/{provider}", "other other");
    }
}
