package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Answer;
import io.github.multiclientauth.facade.oidc.AccessTokenSource.Question;
import io.github.multiclientauth.facade.seal.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests requests and answers against a small server on loopback. */
class KeycloakAccessTokenSourceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private static final Instant CONFIRMED = Instant.ofEpochSecond(1_764_466_200);
    private static final Question QUESTION =
            new Question(new ClientId("portfolio"), "the/sid", CONFIRMED, Optional.empty());
    private static final Question BOUND =
            new Question(new ClientId("portfolio"), "the/sid", CONFIRMED, Optional.of(THUMBPRINT));

    private final MovableClock machine = new MovableClock();
    private final KeycloakClock clock = new KeycloakClock(machine);
    private final StandInKeycloak realm = new StandInKeycloak();
    private final AccessTokenSource source = new KeycloakAccessTokenSource(
            realm.account(() -> new Secret("canary-secret"), clock),
            clock,
            URI.create(realm.issuer() + "/multi-client-auth/directory"));
    private final Instant now = machine.instant().plusSeconds(120);

    @BeforeEach
    void grantTokens() {
        realm.accessToken("canary-token");
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private ObjectNode token() {
        return JSON.createObjectNode()
                .put("now", now.toEpochMilli())
                .put("access_token", "eyJ.canary.x-_")
                .put("token_type", "Bearer")
                .put("expires_in", 300)
                .put("scope", "email profile")
                .put("sub", "ada");
    }

    private void answer(Consumer<ObjectNode> change) {
        ObjectNode token = token();
        change.accept(token);
        realm.sessions(200, token.toString());
    }

    private String unknown(Answer answer) {
        return answer.match(issued -> "issued", refused -> "refused", ended -> "ended", unknown -> unknown.reason());
    }

    @Test
    void asks_for_the_token_of_one_session() throws JsonProcessingException {
        answer(token -> {});

        assertThat(source.ask(QUESTION))
                .isEqualTo(new Answer.Issued(
                        "eyJ.canary.x-_",
                        "Bearer",
                        Instant.ofEpochMilli(now.toEpochMilli()),
                        Duration.ofSeconds(300),
                        "email profile",
                        "ada"));
        assertThat(realm.asked("/multi-client-auth/sessions/the%2Fsid/token"))
                .singleElement()
                .satisfies(asked -> assertThat(JSON.readTree(asked.body()))
                        .isEqualTo(JSON.createObjectNode()
                                .put("client", "portfolio")
                                .put("confirmedAt", 1_764_466_200)));
        assertThat(clock.ahead()).as("learned").isGreaterThan(Duration.ofSeconds(60));
    }

    @Test
    void asks_for_a_token_that_is_bound_to_a_key() throws JsonProcessingException {
        answer(token -> token.put("token_type", "DPoP"));

        assertThat(source.ask(BOUND)).isInstanceOf(Answer.Issued.class);
        assertThat(JSON.readTree(realm.asked("/multi-client-auth/sessions/the%2Fsid/token")
                                .get(0)
                                .body())
                        .path("jkt")
                        .asText())
                .isEqualTo(THUMBPRINT);
    }

    /** An unbound token in place of a bound one would be one that anybody can use. */
    @Test
    void a_token_of_another_type_is_not_taken() {
        answer(token -> {});
        assertThat(unknown(source.ask(BOUND))).contains("something else").doesNotContain("canary");

        answer(token -> token.put("token_type", "DPoP"));
        assertThat(unknown(source.ask(QUESTION))).contains("something else");

        answer(token -> token.put("token_type", "bearer"));
        assertThat(source.ask(QUESTION))
                .as("with Lower-case bearer of the client")
                .isInstanceOf(Answer.Issued.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "access_token", "token_type", "expires_in", "sub"})
    void an_answer_without_one_of_these_is_not_taken(String field) {
        answer(token -> token.remove(field));

        assertThat(unknown(source.ask(QUESTION))).contains("something else").doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a b", "a\"b", "\u00e9", ""})
    void a_token_that_could_end_a_header_is_not_taken(String value) {
        answer(token -> token.put("access_token", value));
        assertThat(unknown(source.ask(QUESTION))).contains("something else");

        answer(token -> token.put("scope", "a" + value + "\n"));
        assertThat(unknown(source.ask(QUESTION))).contains("something else");
    }

    @Test
    void tells_apart_what_is_over_and_what_is_refused() {
        realm.sessions(409, "{\"reason\":\"User disabled\",\"ended\":true}");
        assertThat(source.ask(QUESTION)).isEqualTo(new Answer.Ended("User disabled"));

        realm.sessions(409, "{\"reason\":\"no audience\",\"ended\":false}");
        assertThat(source.ask(QUESTION)).isEqualTo(new Answer.Refused("no audience"));

        realm.sessions(409, "nonsense");
        assertThat(source.ask(QUESTION)).isEqualTo(new Answer.Refused("Keycloak gives no reason"));

        realm.sessions(404, "");
        assertThat(source.ask(QUESTION)).isEqualTo(new Answer.Ended("No such session"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, answered with status 400",
        "403, the realm role multi-client-auth-tokens",
        "404, older than this facade",
        "500, answered with status 500",
        "503, answered with status 503",
    })
    void says_what_to_fix(int status, String says) {
        realm.sessions(status, "canary-body");

        assertThat(unknown(source.ask(QUESTION))).contains(says).doesNotContain("canary");
    }
}
