package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Each request would pay for what Vert.x counts and traces. */
@QuarkusTest
@TestProfile(TwoApplications.class)
class VertxAloneTest {

    @Inject
    Vertx vertx;

    @Test
    void vertx_counts_and_traces_nothing() {
        assertThat(vertx.isMetricsEnabled()).isFalse();
        assertThat(((VertxInternal) vertx).tracer()).isNull();
    }
}
