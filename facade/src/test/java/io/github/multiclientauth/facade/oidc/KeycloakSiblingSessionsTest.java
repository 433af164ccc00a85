package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Asker;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Ending;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Listing;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Place;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Sibling;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests requests and answers against a small server on loopback. */
class KeycloakSiblingSessionsTest {

    private static final Asker ASKING =
            new Asker(new ClientId("a client"), "the/sid", Instant.ofEpochMilli(1_764_466_200_999L), false);

    private final StandInKeycloak realm = new StandInKeycloak();
    private final SiblingSessions siblings = new KeycloakSiblingSessions(
            realm.account(() -> new Secret("canary-secret"), new KeycloakClock(new MovableClock())),
            URI.create(realm.issuer() + "/multi-client-auth/directory"));

    @BeforeEach
    void grantTokens() {
        realm.accessToken("canary-token");
    }

    @AfterEach
    void close() {
        realm.close();
    }

    private static String session(String more) {
        return "{\"id\":\"s1\",\"started\":1764466200,\"lastUsed\":1764468060,\"provider\":\"github\"" + more + "}";
    }

    private static String list(String... sessions) {
        return "{\"more\":3,\"sessions\":[" + String.join(",", sessions) + "]}";
    }

    @Test
    void reads_the_list() {
        realm.sessions(
                200,
                list(
                        session(
                                ",\"offline\":true,\"impersonated\":false,\"address\":\"192.0.2.1\",\"browser\":\"Firefox 133\","
                                        + "\"system\":\"Linux\",\"applications\":[{\"client\":\"shop\",\"name\":\"The shop\","
                                        + "\"origin\":\"https://shop.example\"},{\"client\":\"account\",\"name\":\"Account\"}]"),
                        session(",\"impersonated\":true,\"unknown\":{}")));

        assertThat(siblings.list(ASKING))
                .isEqualTo(new Listing.Listed(
                        List.of(
                                new Sibling(
                                        "s1",
                                        Instant.ofEpochSecond(1764466200),
                                        Instant.ofEpochSecond(1764468060),
                                        Optional.of("192.0.2.1"),
                                        Optional.of("Firefox 133"),
                                        Optional.of("Linux"),
                                        "github",
                                        true,
                                        false,
                                        List.of(
                                                new Place("The shop", Origin.parse("https://shop.example")),
                                                new Place("Account", Optional.empty()))),
                                new Sibling(
                                        "s1",
                                        Instant.ofEpochSecond(1764466200),
                                        Instant.ofEpochSecond(1764468060),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        "github",
                                        false,
                                        true,
                                        List.of())),
                        3));
        var asked =
                realm.asked("/multi-client-auth/sessions/the%2Fsid/siblings").get(0);
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.query()).hasValue("client=a%20client&confirmedAt=1764466200");
        assertThat(asked.authorization()).hasValue("Bearer canary-token");
    }

    /** A browser has chosen its name, and an administrator that of a client. */
    @Test
    void shortens_texts_and_removes_line_breaks() {
        realm.sessions(
                200,
                list(session(",\"browser\":\"a\\nb\\u0000c\",\"system\":\" \",\"address\":\"" + "x".repeat(500)
                        + "\",\"applications\":[{\"name\":\"n\",\"origin\":\"javascript:alert(1)\"}]")));

        Sibling read = ((Listing.Listed) siblings.list(ASKING)).sessions().get(0);

        assertThat(read.browser()).hasValue("abc");
        assertThat(read.system()).isEmpty();
        assertThat(read.address()).hasValue("x".repeat(100));
        assertThat(read.places()).containsExactly(new Place("n", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{}",
                "{\"sessions\":[]}",
                "{\"more\":-1,\"sessions\":[]}",
                "{\"more\":\"0\",\"sessions\":[]}",
                "{\"more\":0,\"sessions\":{}}",
                "{\"more\":0,\"sessions\":[7]}",
                "{\"more\":0,\"sessions\":[{\"id\":\"s1\"}]}",
                "{\"more\":0,\"sessions\":[{\"id\":\"\",\"started\":1,\"lastUsed\":1,\"provider\":\"github\"}]}",
                "{\"more\":0,\"sessions\":[{\"id\":\"s\",\"started\":-1,\"lastUsed\":1,\"provider\":\"github\"}]}",
                "{\"more\":0,\"sessions\":[{\"id\":\"s\",\"started\":1,\"lastUsed\":\"x\",\"provider\":\"github\"}]}"
            })
    void an_odd_list_is_none(String body) {
        realm.sessions(200, body);

        assertThat(siblings.list(ASKING)).isInstanceOf(Listing.Unlisted.class);
    }

    @Test
    void the_session_that_asks_may_have_ended() {
        realm.sessions(404, "");

        assertThat(siblings.list(ASKING)).isEqualTo(new Listing.Over());
        assertThat(siblings.end(ASKING, "s1")).isEqualTo(new Ending.Gone());
        assertThat(siblings.endOthers(ASKING)).isEqualTo(new Ending.Gone());
    }

    @Test
    void ends_one() {
        realm.sessions(204, "");

        assertThat(siblings.end(ASKING, "s 1/?")).isEqualTo(new Ending.Ended(List.of("s 1/?"), 0));
        var asked = realm.asked("/multi-client-auth/sessions/the%2Fsid/siblings/s%201%2F%3F")
                .get(0);
        assertThat(asked.method()).isEqualTo("DELETE");
        assertThat(asked.query()).hasValue("client=a%20client&confirmedAt=1764466200");
    }

    @Test
    void ends_the_others() {
        realm.sessions(200, "{\"ended\":[\"s1\",\"s2\",7],\"left\":4}");

        assertThat(siblings.endOthers(ASKING)).isEqualTo(new Ending.Ended(List.of("s1", "s2"), 4));
        assertThat(realm.asked("/multi-client-auth/sessions/the%2Fsid/siblings")
                        .get(0)
                        .method())
                .isEqualTo("DELETE");
    }

    @Test
    void asks_for_the_sessions_of_one_client_only() {
        Asker preview = new Asker(ASKING.client(), ASKING.sid(), ASKING.confirmedAt(), true);
        realm.sessions(200, list());
        siblings.list(preview);
        siblings.endOthers(preview);
        realm.sessions(204, "");
        siblings.end(preview, "s1");

        assertThat(Stream.of("siblings", "siblings/s1")
                        .flatMap(path -> realm.asked("/multi-client-auth/sessions/the%2Fsid/" + path).stream()))
                .hasSize(3)
                .allSatisfy(asked ->
                        assertThat(asked.query()).hasValue("client=a%20client&confirmedAt=1764466200&only=client"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"ended\":[]}", "{\"ended\":7,\"left\":0}", "{\"ended\":[],\"left\":-1}"})
    void an_odd_answer_may_have_ended_nothing(String body) {
        realm.sessions(200, body);

        assertThat(siblings.endOthers(ASKING)).isInstanceOf(Ending.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "403, multi-client-auth-sessions",
        "404, older than this facade",
        "500, answered with status 500",
        "503, answered with status 503"
    })
    void says_what_to_fix(int status, String says) {
        realm.sessions(status, "canary-body");

        assertThat(siblings.list(ASKING).toString()).contains(says).doesNotContain("canary");
        assertThat(siblings.end(ASKING, "s1").toString()).contains(says).doesNotContain("canary");
        assertThat(siblings.endOthers(ASKING).toString()).contains(says).doesNotContain("canary");
    }

    @Test
    void says_so_when_keycloak_is_away() {
        realm.close();

        assertThat(siblings.list(ASKING).toString()).contains("mca.issuer");
        assertThat(siblings.end(ASKING, "s1").toString()).contains("mca.issuer");
        assertThat(siblings.endOthers(ASKING).toString()).contains("mca.issuer");
    }
}
