package io.github.multiclientauth.facade.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Cookies of older releases, which replicas of the version before still write during a rolling update. */
class OlderCookiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode file = read();

    private static JsonNode read() {
        try (InputStream vectors = OlderCookiesTest.class.getResourceAsStream("/session-cookies.json")) {
            return JSON.readTree(vectors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> are_sessions() {
        Map<String, String> variables =
                Map.of("AUTH_SECRET", file.path("AUTH_SECRET").textValue());
        ApplicationSeals seals =
                new ApplicationSeals(new ApplicationSecrets(MasterSecrets.read(variables::get)), new SecureRandom());
        KeyHolder holder = KeyHolder.application(file.path("client").textValue());
        return StreamSupport.stream(file.path("vectors").spliterator(), false)
                .flatMap(vector -> vector.path("cookies").properties().stream()
                        .map(cookie -> DynamicTest.dynamicTest(
                                cookie.getKey() + ", " + vector.path("release").textValue(), () -> {
                                    OpenedSession opened = new OpenedSessions()
                                            .open(
                                                    seals.session(holder, cookie.getKey()),
                                                    cookie.getValue().textValue())
                                            .orElseThrow();

                                    assertThat(opened.isInTime(Instant.parse(
                                                    vector.path("at").textValue())))
                                            .isTrue();
                                    assertThat(JSON.readTree(opened.json(false)))
                                            .isEqualTo(vector.path("session"));
                                    assertThat(opened.session().checkedAt())
                                            .isEqualTo(vector.path("checkedAt").textValue());
                                })));
    }
}
