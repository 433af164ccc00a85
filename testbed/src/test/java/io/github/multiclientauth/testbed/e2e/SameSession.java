package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Two answers about one session. Keycloak may confirm the session between two reads, because another test has changed
 * the realm. That moves {@code expires}, and nothing else.
 */
final class SameSession {
    private SameSession() {}

    static void assertSameSession(JsonNode earlier, JsonNode later) {
        assertThat(withoutEnd(later)).isEqualTo(withoutEnd(earlier));
        // Longer than the tests of one class take, and shorter than a session that nobody reads lasts.
        assertThat(end(later)).isCloseTo(end(earlier), within(15, ChronoUnit.MINUTES));
    }

    /**
     * What a server reads from the cookie says more than the answer to the browser: how the user has signed in. All else is the
     * same.
     */
    static void assertSameForServer(JsonNode browser, JsonNode server) {
        ObjectNode rest = server.deepCopy();
        rest.remove(List.of("acr", "authTime", "amr"));
        assertSameSession(browser, rest);
    }

    private static Instant end(JsonNode session) {
        return Instant.parse(session.path("expires").asText());
    }

    private static JsonNode withoutEnd(JsonNode session) {
        ObjectNode rest = session.deepCopy();
        rest.remove("expires");
        return rest;
    }
}
