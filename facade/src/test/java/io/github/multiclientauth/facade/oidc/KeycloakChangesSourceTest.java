package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.ChangesSource.Change;
import io.github.multiclientauth.facade.oidc.ChangesSource.Fetched;
import io.github.multiclientauth.facade.seal.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests requests and answers against a small server on loopback. */
class KeycloakChangesSourceTest {

    private static final Instant AT = Instant.ofEpochMilli(1_764_466_200_001L);

    private final MovableClock machine = new MovableClock();
    private final KeycloakClock clock = new KeycloakClock(machine);
    private final StandInKeycloak realm = new StandInKeycloak();
    private final ChangesSource source = new KeycloakChangesSource(
            realm.account(() -> new Secret("canary-secret"), clock),
            clock,
            URI.create(realm.issuer() + "/multi-client-auth/directory"));
    private final Instant now =
            Instant.ofEpochMilli(machine.instant().plusSeconds(120).toEpochMilli());
    private final Instant since = now.minusSeconds(1000);

    @BeforeEach
    void grantTokens() {
        realm.accessToken("canary-token");
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private void answer(String changes) {
        realm.changes(
                200,
                "{\"now\":" + now.toEpochMilli() + ",\"since\":" + since.toEpochMilli() + ",\"changes\":[" + changes
                        + "]}");
    }

    private Fetched fetch() {
        return source.fetch(Optional.empty());
    }

    @Test
    void nothing_has_changed() {
        answer("");

        assertThat(source.fetch(Optional.of(AT))).isEqualTo(new Fetched.Changes(now, since, List.of()));
        var asked = realm.asked("/multi-client-auth/changes").get(0);
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.query()).hasValue("since=1764466200001");
        assertThat(asked.authorization()).hasValue("Bearer canary-token");
        assertThat(Duration.between(clock.instant(), now)).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(1));
    }

    @Test
    void the_first_question_asks_for_everything() {
        answer("");

        fetch();

        assertThat(realm.asked("/multi-client-auth/changes").get(0).query()).isEmpty();
    }

    @Test
    void every_kind_of_change_is_read() {
        answer("{\"at\":1764466200001,\"session\":\"the-sid\"},"
                + "{\"at\":1764466200001,\"user\":\"the-user\"},"
                + "{\"at\":1764466200001,\"user\":\"the-user\",\"except\":\"the-sid\"},"
                + "{\"at\":1764466200001,\"client\":\"portfolio\"},"
                + "{\"at\":1764466200001,\"realm\":true}");

        assertThat(fetch())
                .isEqualTo(new Fetched.Changes(
                        now,
                        since,
                        List.of(
                                new Change.SessionEnded(AT, "the-sid"),
                                new Change.UserChanged(AT, "the-user", Optional.empty()),
                                new Change.UserChanged(AT, "the-user", Optional.of("the-sid")),
                                new Change.ClientChanged(AT, new ClientId("portfolio")),
                                new Change.RealmChanged(AT))));
    }

    /** A newer extension may know more kinds of changes. When in doubt, everybody is due. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "[]",
                "{}",
                "{\"at\":1764466200001}",
                "{\"at\":1764466200001,\"group\":\"of people\"}",
                "{\"session\":\"the-sid\"}",
                "{\"at\":\"1764466200001\",\"session\":\"the-sid\"}",
                "{\"at\":-1,\"user\":\"the-user\"}",
                "{\"at\":1e400,\"user\":\"the-user\"}",
                "{\"at\":1764466200001,\"session\":7}",
                "{\"at\":1764466200001,\"session\":\"\"}",
                "{\"at\":1764466200001,\"user\":null}",
                "{\"at\":1764466200001,\"user\":\"two\\nlines\"}",
                "{\"at\":1764466200001,\"client\":\" \"}",
                "{\"at\":1764466200001,\"realm\":\"test\"}"
            })
    void a_change_that_cannot_be_read_concerns_everybody(String odd) {
        answer("{\"at\":1764466200001,\"session\":\"the-sid\"}," + odd);

        assertThat(fetch())
                .isEqualTo(new Fetched.Changes(
                        now, since, List.of(new Change.SessionEnded(AT, "the-sid"), new Change.RealmChanged(now))));
    }

    @Test
    void an_odd_exception_excepts_nothing() {
        answer("{\"at\":1764466200001,\"user\":\"the-user\",\"except\":[]}");

        assertThat(fetch())
                .isEqualTo(new Fetched.Changes(
                        now, since, List.of(new Change.UserChanged(AT, "the-user", Optional.empty()))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>canary</html>",
                "null",
                "[]",
                "{\"now\":1764466260123,\"since\":1764460000000,\"changes\":[",
                "{\"now\":1764466260123,\"since\":1764460000000,\"changes\":[]} {}",
                "{\"now\":1764466260123,\"since\":1764460000000}",
                "{\"now\":1764466260123,\"since\":1764460000000,\"changes\":{}}",
                "{\"now\":1764466260123,\"changes\":[]}",
                "{\"since\":1764460000000,\"changes\":[]}",
                "{\"now\":\"soon\",\"since\":1764460000000,\"changes\":[]}",
                "{\"now\":9223372036854775807,\"since\":1764460000000,\"changes\":[]}"
            })
    void an_answer_that_is_none_is_a_failure(String body) {
        realm.changes(200, body);

        assertThat(fetch())
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason())
                                .endsWith("/multi-client-auth/changes answered with something else than changes"));
        assertThat(clock.ahead()).isZero();
    }

    @Test
    void an_answer_that_is_too_large_is_a_failure() {
        realm.changes(200, " ".repeat(KeycloakEndpoint.CHANGES.maxBytes() + 1));

        assertThat(fetch())
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason()).contains("larger than"));
    }

    @ParameterizedTest
    @CsvSource({
        "304, answered with status 304",
        "401, answered with status 401",
        "403, the realm role multi-client-auth-sessions",
        "404, older than this facade",
        "500, answered with status 500",
        "503, answered with status 503",
    })
    void says_what_to_fix(int status, String says) {
        realm.changes(status, status == 304 ? "" : "canary-body");

        assertThat(fetch())
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason()).contains(says).doesNotContain("canary"));
    }

    @Test
    void says_so_when_keycloak_is_away_and_goes_on_when_it_is_back() {
        realm.up(false);
        assertThat(fetch()).isInstanceOf(Fetched.Failed.class);

        realm.up(true);
        answer("");
        assertThat(fetch()).isInstanceOf(Fetched.Changes.class);
    }
}
