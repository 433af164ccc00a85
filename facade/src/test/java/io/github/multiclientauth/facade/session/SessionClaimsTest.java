package io.github.multiclientauth.facade.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.oidc.Authentication;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.UserClaims;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionClaimsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-23T20:18:54.564Z");
    private static final Instant ENDS = NOW.plus(Duration.ofMinutes(30));
    private static final Instant CHECKED = Instant.parse("2026-11-23T20:18:50.123Z");
    private static final Session SESSION = new Session(
            new Identity(
                    "subject",
                    "sid",
                    Optional.of("Ada \"L\" <b>"),
                    Optional.of("ada@example.com"),
                    true,
                    Optional.of("https://img.example/ada.png"),
                    Optional.of("github"),
                    Optional.of("http://localhost:3000"),
                    "portfolio",
                    false),
            NOW.minus(Duration.ofHours(2)),
            CHECKED,
            ENDS);

    @Test
    void are_read_as_they_were_written() {
        assertThat(read(SessionClaims.write(SESSION, false, Optional.empty(), NOW), NOW))
                .hasValue(SESSION);
    }

    @Test
    void have_those_that_the_administrator_has_chosen() {
        UserClaims chosen = UserClaims.of(Map.of("department", "Arts \"&\" </b>", "teams", List.of("a")));
        Session session = with(chosen);

        assertThat(read(SessionClaims.write(session, false, Optional.empty(), NOW), NOW))
                .hasValue(session);
        assertThat(SessionClaims.json(session, false))
                .contains(",\"claims\":{\"department\":\"Arts \\\"&\\\" </b>\",\"teams\":[\"a\"]}},\"expires\"");
        assertThat(read(
                        SessionClaims.write(
                                with(UserClaims.of(Map.of("a", "x".repeat(5000)))), false, Optional.empty(), NOW),
                        NOW))
                .hasValue(SESSION);
    }

    @Test
    void say_how_the_user_authenticated() {
        Session session = with(
                UserClaims.NONE,
                new Authentication(
                        Optional.of("gold"),
                        Optional.of(Instant.ofEpochSecond(1_764_000_000L)),
                        List.of("pwd", "otp"),
                        Optional.of(new Authentication.Actor("42", Optional.of("root"))),
                        true));

        byte[] written = SessionClaims.write(session, true, Optional.empty(), NOW);
        assertThat(read(written, NOW)).hasValue(session);
        assertThat(new String(written, UTF_8))
                .contains("\"acr\":\"gold\",\"auth_time\":1764000000,\"amr\":[\"pwd\",\"otp\"],"
                        + "\"act\":{\"sub\":\"42\",\"name\":\"root\"},\"stepUp\":true,");
        assertThat(SessionClaims.json(session, true))
                .endsWith(",\"acr\":\"gold\",\"authTime\":\"2025-11-24T16:00:00.000Z\",\"amr\":[\"pwd\",\"otp\"],"
                        + "\"actor\":{\"id\":\"42\",\"name\":\"root\"}}");
        assertThat(new String(SessionClaims.write(session, false, Optional.empty(), NOW), UTF_8))
                .doesNotContain("stepUp");
        assertThat(SessionClaims.json(session, false)).doesNotContain("acr", "authTime", "amr");
    }

    /** An application's server writes what it likes. */
    @ParameterizedTest
    @ValueSource(strings = {"acr", "auth_time", "amr", "act", "demanded", "stepUp"})
    void are_a_session_whatever_is_said_of_the_authentication(String claim) {
        for (String value : List.of("null", "1.5", "\"x\"", "{\"a\":[1]}", "[{},1]", "true", "-99999999999999")) {
            byte[] token = claims().toString()
                    .replaceFirst("\\{", "{\"" + claim + "\":" + value + ",")
                    .getBytes(UTF_8);
            assertThat(read(token, NOW)).as(value).isPresent();
        }
    }

    /** An application's server writes what it likes. */
    @ParameterizedTest
    @ValueSource(strings = {"null", "\"x\"", "[1]", "{}", "{\"deep\":{\"a\":1}}", "{\"__proto__\":{\"a\":1}}"})
    void ignore_those_that_nobody_can_have_chosen(String value) {
        byte[] token = claims().toString()
                .replaceFirst("\\{", "{\"claims\":" + value + ",")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(read(token, NOW)).hasValue(SESSION);
    }

    private static Session with(UserClaims claims) {
        return with(claims, Authentication.UNKNOWN);
    }

    private static Session with(UserClaims claims, Authentication authentication) {
        Identity ada = SESSION.identity();
        Identity more = new Identity(
                ada.subject(),
                ada.sid(),
                ada.name(),
                ada.email(),
                ada.emailVerified(),
                ada.picture(),
                ada.provider(),
                ada.clientOrigin(),
                ada.clientId(),
                false,
                claims,
                authentication);
        return new Session(more, SESSION.signedInAt(), SESSION.checkedAt(), ENDS);
    }

    @Test
    void may_lack_claims_that_keycloak_does_not_have() {
        Session bare = new Session(
                new Identity(
                        "subject",
                        "sid",
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "portfolio",
                        false),
                SESSION.signedInAt(),
                SESSION.checkedAt(),
                ENDS);

        assertThat(read(SessionClaims.write(bare, false, Optional.empty(), NOW), NOW))
                .hasValue(bare);
        assertThat(SessionClaims.json(bare, false))
                .isEqualTo("{\"user\":{\"id\":\"subject\",\"clientId\":\"portfolio\",\"emailVerified\":false},"
                        + "\"expires\":\"2026-11-23T20:48:54.564Z\"}");
    }

    /** The application's server writes what it likes, and what was signed out is remembered by it. */
    @ParameterizedTest
    @CsvSource({"sid, 100", "sub, 512"})
    void are_no_session_with_an_id_that_is_too_long(String claim, int longest) {
        ObjectNode claims = claims();
        claims.put(claim, "x".repeat(longest));
        assertThat(read(claims.toString().getBytes(StandardCharsets.UTF_8), NOW))
                .isPresent();

        claims.put(claim, "x".repeat(longest + 1));
        assertThat(read(claims.toString().getBytes(StandardCharsets.UTF_8), NOW))
                .isEmpty();
    }

    /** A cookie from before the claim existed, and one that an application's server wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\"true\"", "1", "null", "{}", "[true]", "false"})
    void are_a_session_whose_address_is_not_verified_unless_they_say_so(String value) {
        ObjectNode claims = claims();
        claims.remove("emailVerified");
        String text = claims.toString();
        byte[] token = (value.isEmpty() ? text : text.replaceFirst("\\{", "{\"emailVerified\":" + value + ","))
                .getBytes(StandardCharsets.UTF_8);

        Session session = read(token, NOW).orElseThrow();
        assertThat(session.identity().email()).hasValue("ada@example.com");
        assertThat(session.identity().emailVerified()).isFalse();
        assertThat(SessionClaims.json(session, false)).contains("\"emailVerified\":false");
    }

    @Test
    void never_say_that_a_missing_address_is_verified() {
        ObjectNode claims = claims();
        claims.remove("email");

        assertThat(read(claims.toString().getBytes(StandardCharsets.UTF_8), NOW)
                        .orElseThrow()
                        .identity()
                        .emailVerified())
                .isFalse();
    }

    @Test
    void have_what_server_libraries_of_auth_js_look_for() {
        ObjectNode claims = claims();

        assertThat(claims.required("name").textValue()).isEqualTo("Ada \"L\" <b>");
        assertThat(claims.required("email").textValue()).isEqualTo("ada@example.com");
        assertThat(claims.required("picture").textValue()).isEqualTo("https://img.example/ada.png");
        assertThat(claims.required("sub").textValue()).isEqualTo("subject");
        assertThat(claims.required("iat").longValue()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.required("exp").longValue()).isEqualTo(ENDS.getEpochSecond());
        assertThat(claims.required("jti").textValue()).hasSize(36);
    }

    @Test
    void hold_no_token() {
        assertThat(claims().fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "name",
                        "email",
                        "picture",
                        "sub",
                        "sid",
                        "provider",
                        "clientOrigin",
                        "clientId",
                        "emailVerified",
                        "signedInAt",
                        "checkedAt",
                        "checkedAtMillis",
                        "endsAt",
                        "iat",
                        "exp",
                        "jti");
    }

    @Test
    void are_checked_to_the_millisecond() {
        assertThat(read(claims -> {}).orElseThrow().checkedAt()).isEqualTo(CHECKED);
    }

    /** As an older release writes them, or if the two do not belong together. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void are_checked_to_the_second_without_usable_milliseconds(long millis) {
        Instant second = CHECKED.truncatedTo(ChronoUnit.SECONDS);
        assertThat(read(claims -> claims.remove("checkedAtMillis"))
                        .orElseThrow()
                        .checkedAt())
                .isEqualTo(second);
        assertThat(read(claims -> claims.put("checkedAtMillis", millis))
                        .orElseThrow()
                        .checkedAt())
                .isEqualTo(second);
        assertThat(read(claims -> claims.put(
                                "checkedAtMillis", CHECKED.plusSeconds(1).toEpochMilli()))
                        .orElseThrow()
                        .checkedAt())
                .isEqualTo(second);
    }

    @Test
    void say_whether_the_subject_is_pairwise_only_if_it_is() {
        assertThat(claims().has("pairwise")).isFalse();
        assertThat(read(claims -> {}).orElseThrow().identity().pairwise()).isFalse();
        assertThat(read(claims -> claims.put("pairwise", true))
                        .orElseThrow()
                        .identity()
                        .pairwise())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "é", "a\u0000", "a\n"})
    void are_no_session_with_an_odd_session_id(String sid) {
        assertThat(read(claims -> claims.put("sid", sid))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sid", "clientId", "exp", "signedInAt", "checkedAt", "endsAt"})
    void are_no_session_without(String name) {
        assertThat(read(claims -> claims.remove(name))).isEmpty();
        assertThat(read(claims -> claims.putNull(name))).isEmpty();
        assertThat(read(claims -> claims.putObject(name))).isEmpty();
        assertThat(read(claims -> claims.put(name, ""))).isEmpty();
        assertThat(read(claims -> claims.put(name, true))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sid", "clientId"})
    void are_no_session_with_a_number_for(String name) {
        assertThat(read(claims -> claims.put(name, 7))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "signedInAt", "checkedAt", "endsAt"})
    void are_no_session_with_a_text_a_fraction_or_too_large_a_number_for(String name) {
        assertThat(read(claims -> claims.put(name, claims.get(name).asText()))).isEmpty();
        assertThat(read(claims -> claims.put(name, claims.get(name).asLong() + 0.5)))
                .isEmpty();
        assertThat(read(claims -> claims.put(name, new java.math.BigInteger("9".repeat(30)))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"14, true", "15, false", "16, false"})
    void are_read_15_seconds_longer_than_exp_as_in_auth_js(long secondsAfter, boolean readable) {
        Instant exp = NOW.minusSeconds(secondsAfter);

        assertThat(read(claims -> claims.put("exp", exp.getEpochSecond())).isPresent())
                .isEqualTo(readable);
    }

    @ParameterizedTest
    @CsvSource({"14, true", "15, false", "16, false"})
    void end_when_keycloaks_session_ends_whatever_exp_says(long secondsAfter, boolean readable) {
        Instant end = NOW.minusSeconds(secondsAfter);

        assertThat(read(claims -> claims.put("endsAt", end.toEpochMilli())
                                .put("exp", NOW.plusSeconds(1_000_000).getEpochSecond()))
                        .isPresent())
                .isEqualTo(readable);
    }

    @ParameterizedTest
    @CsvSource({"-60, true", "0, true", "15, true", "16, false"})
    void honour_nbf(long secondsAhead, boolean readable) {
        assertThat(read(claims -> claims.put("nbf", NOW.getEpochSecond() + secondsAhead))
                        .isPresent())
                .isEqualTo(readable);
    }

    /** What {@code auth()} of next-auth does at each request. */
    @Test
    void stay_the_same_session_when_an_application_server_seals_them_again() {
        Instant later = NOW.plus(Duration.ofMinutes(20));

        assertThat(read(
                        bytes(claims().put("iat", later.getEpochSecond())
                                .put("exp", later.plus(Duration.ofDays(30)).getEpochSecond())
                                .put("jti", "another")
                                .put("role", "of the application's own")),
                        later))
                .hasValue(SESSION);
    }

    @ParameterizedTest
    @CsvSource({"15000, true", "16000, false", "86400000, false", "9000000000000000, false"})
    void are_no_session_begun_in_the_future(long milliseconds, boolean readable) {
        Instant then = NOW.plusMillis(milliseconds);

        assertThat(read(claims -> claims.put("signedInAt", then.toEpochMilli())).isPresent())
                .isEqualTo(readable);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MAX_VALUE, 31556889864403199L, -31557014167219200L})
    void never_fail_with_times_at_the_end_of_time(long number) {
        for (String name : new String[] {"exp", "signedInAt", "checkedAt", "endsAt", "nbf"}) {
            Optional<Session> session = read(claims -> claims.put(name, number));
            session.ifPresent(read -> assertThat(
                            new SessionPolicy(Duration.ofMinutes(5), Duration.ofMinutes(10), Duration.ofDays(30))
                                    .isDue(read, NOW))
                    .isIn(true, false));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "7",
                "\"text\"",
                "{",
                "\u0000",
                // another sealed value, and an unsigned token in its place
                "{\"sid\":\"sid\",\"refreshToken\":\"token\"}",
                "{\"value\":\"state\",\"provider\":\"github\",\"iat\":1767225600,\"exp\":4102444800}",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJzdWJqZWN0In0.",
            })
    void are_nothing_else(String content) {
        assertThat(read(content.getBytes(UTF_8), NOW)).isEmpty();
    }

    @HostileInput(
            row = 4,
            advisory = {"GHSA-7rqj-j65f-68wh", "CVE-2022-35924"})
    @Test
    void become_the_json_that_get_session_gets() {
        assertThat(SessionClaims.json(SESSION, false))
                .isEqualTo("{\"user\":{\"id\":\"subject\",\"name\":\"Ada \\\"L\\\" <b>\",\"email\":\"ada@example.com\","
                        + "\"image\":\"https://img.example/ada.png\",\"provider\":\"github\","
                        + "\"clientOrigin\":\"http://localhost:3000\",\"clientId\":\"portfolio\",\"emailVerified\":true},"
                        + "\"expires\":\"2026-11-23T20:48:54.564Z\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T20:48:54Z, 2026-11-23T20:48:54.000Z",
        "2026-11-23T20:48:00Z, 2026-11-23T20:48:00.000Z",
        "2026-11-23T20:48:54.5Z, 2026-11-23T20:48:54.500Z",
        "2026-11-23T20:48:54.123456789Z, 2026-11-23T20:48:54.123Z",
    })
    void give_times_as_ecmascript_does(Instant end, String text) {
        Session session = new Session(SESSION.identity(), SESSION.signedInAt(), SESSION.checkedAt(), end);

        assertThat(SessionClaims.json(session, false)).contains("\"expires\":\"" + text + "\"");
    }

    private static Optional<Session> read(byte[] token, Instant now) {
        return SessionClaims.parse(token)
                .filter(claims -> claims.areInTime(now))
                .map(SessionClaims.Claims::session);
    }

    private static Optional<Session> read(Consumer<ObjectNode> change) {
        ObjectNode claims = claims();
        change.accept(claims);
        return read(bytes(claims), NOW);
    }

    private static ObjectNode claims() {
        try {
            return (ObjectNode) JSON.readTree(SessionClaims.write(SESSION, false, Optional.empty(), NOW));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ObjectNode claims) {
        return claims.toString().getBytes(UTF_8);
    }
}
