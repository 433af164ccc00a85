package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keycloak's idle time ends sessions that nobody uses, and no others. */
@EndToEnd
class LifetimesIT {

    private static final String CLIENT = "portfolio";
    private static final int IDLE = 4;

    private final Chain chain;
    private final Visitor visitor;
    private final Auth portfolio;

    LifetimesIT(Chain chain) {
        this.chain = chain;
        this.visitor = chain.visitor();
        this.portfolio = new Auth(visitor, chain.portfolio());
    }

    @AfterEach
    void reset_the_client() {
        setIdleTime("");
    }

    /** Slow: the idle time passes twice in use, and once without. Keycloak rounds to seconds, so it cannot be shorter. */
    @Test
    void a_shorter_idle_time_signs_out_only_a_person_who_does_not_read() throws InterruptedException {
        chain.atPortfolio(visitor).as(chain.somebody().login());
        Visitor server = chain.visitor();
        setIdleTime(Integer.toString(IDLE));
        visitor.cookies().all().forEach(server.cookies()::put);

        for (int i = 0; i < 2 * IDLE; i++) {
            Thread.sleep(1_000);
            assertThat(portfolio.session().isNull()).as("read %d", i).isFalse();
        }
        assertThat(Instant.parse(portfolio.session().path("expires").asText()))
                .isBefore(Instant.now().plusSeconds(IDLE + 1));

        Thread.sleep(Duration.ofSeconds(IDLE).plusMillis(1_500).toMillis());
        assertThat(new Auth(server, chain.portfolio()).session().isNull())
                .as("a copy of the first cookie")
                .isTrue();
    }

    private void setIdleTime(String seconds) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("attributes").put("client.session.idle.timeout", seconds);
        chain.administrator().updateClient(CLIENT, settings);
    }
}
