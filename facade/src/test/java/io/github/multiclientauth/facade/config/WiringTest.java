package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;

class WiringTest {

    private final OpenTelemetry telemetry = OpenTelemetry.noop();

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
