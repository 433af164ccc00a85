package io.github.multiclientauth.facade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HttpTimersTest {

    @Test
    void made_up_methods_make_no_series() {
        MeterRegistry registry = new SimpleMeterRegistry();
        HttpTimers timers = new HttpTimers(registry);

        IntStream.range(0, 1000).forEach(i -> timers.answered("M" + i, HttpTimers.NO_ROUTE, OptionalInt.of(400), 0));

        assertThat(registry.get("http.server.requests").timers())
                .extracting(meter ->
                        meter.getId().getTag("method") + " " + meter.getId().getTag("uri"))
                .containsExactly("other other");
    }
}
