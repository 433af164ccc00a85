package io.github.multiclientauth.extension.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsJsonTest {

    private static final String QUESTION =
            "{\"client\":\"shop\",\"sid\":\"s-1\",\"confirmedAt\":1764466200,\"extend\":true}";

    @Test
    void reads_a_question() {
        assertThat(read(list(QUESTION)))
                .hasValueSatisfying(elements -> assertThat(elements)
                        .containsExactly(new Element(Optional.of(new Question("shop", "s-1", 1764466200L, true)), "")));
    }

    @Test
    void a_question_that_does_not_say_so_extends_nothing() {
        assertThat(question("{\"client\":\"shop\",\"sid\":\"s-1\",\"confirmedAt\":0}"))
                .contains(new Question("shop", "s-1", 0, false));
    }

    @Test
    void ignores_fields_that_it_does_not_know() {
        assertThat(question("{\"client\":\"shop\",\"sid\":\"s-1\",\"confirmedAt\":5,\"more\":{\"a\":[1]}}"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "\"text\"",
                "[]",
                "{}",
                "{\"sid\":\"s\",\"confirmedAt\":1}",
                "{\"client\":\"\",\"sid\":\"s\",\"confirmedAt\":1}",
                "{\"client\":7,\"sid\":\"s\",\"confirmedAt\":1}",
                "{\"client\":\"a\\u0000b\",\"sid\":\"s\",\"confirmedAt\":1}",
                "{\"client\":\"c\",\"confirmedAt\":1}",
                "{\"client\":\"c\",\"sid\":\"\",\"confirmedAt\":1}",
                "{\"client\":\"c\",\"sid\":true,\"confirmedAt\":1}",
                "{\"client\":\"c\",\"sid\":\"a b\",\"confirmedAt\":1}",
                "{\"client\":\"c\",\"sid\":\"a\\u0000\",\"confirmedAt\":1}",
                "{\"client\":\"c\",\"sid\":\"\\u00e9\",\"confirmedAt\":1}",
                "{\"client\":\"c\",\"sid\":\"s\"}",
                "{\"client\":\"c\",\"sid\":\"s\",\"confirmedAt\":\"1\"}",
                "{\"client\":\"c\",\"sid\":\"s\",\"confirmedAt\":1.5}",
                "{\"client\":\"c\",\"sid\":\"s\",\"confirmedAt\":-1}",
                "{\"client\":\"c\",\"sid\":\"s\",\"confirmedAt\":99999999999999999999}",
                "{\"client\":\"c\",\"sid\":\"s\",\"confirmedAt\":1,\"extend\":\"true\"}",
                "{\"client\":\"c\",\"sid\":\"s\",\"confirmedAt\":1,\"extend\":null}"
            })
    void an_odd_element_spoils_only_itself(String odd) {
        List<Element> elements = read(list(odd, QUESTION)).orElseThrow();

        assertThat(elements).hasSize(2);
        assertThat(elements.get(0).question()).isEmpty();
        assertThat(elements.get(0).fault()).isNotBlank();
        assertThat(elements.get(1).question()).isPresent();
    }

    @Test
    void limits_the_length_of_client_and_session_id() {
        String format = "{\"client\":\"%s\",\"sid\":\"%s\",\"confirmedAt\":1}";

        assertThat(question(format.formatted("c".repeat(255), "s".repeat(100)))).isPresent();
        assertThat(question(format.formatted("c".repeat(256), "s"))).isEmpty();
        assertThat(question(format.formatted("c", "s".repeat(101)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "null",
                "{}",
                "{\"sessions\":{}}",
                "{\"sessions\":[]}",
                "{\"sessions\":[1],\"sessions\":[2]}",
                "{\"sessions\":[1]}{\"sessions\":[1]}",
                "{\"sessions\":[1]"
            })
    void refuses_what_is_no_list(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void takes_up_to_500_elements() {
        assertThat(read(many(500)))
                .hasValueSatisfying(elements -> assertThat(elements).hasSize(500));
        assertThat(read(many(501))).isEmpty();
    }

    @Test
    void refuses_deep_nesting() {
        assertThat(read("{\"sessions\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isEmpty();
    }

    @Test
    void the_longest_request_has_room_for_500_questions() {
        String longest = "{\"client\":\"%s\",\"sid\":\"%s\",\"confirmedAt\":1764466200,\"extend\":false}"
                .formatted("c".repeat(255), "s".repeat(100));

        assertThat(longest.length() * 500).isLessThan(SessionsEndpoint.LONGEST);
    }

    @Test
    void writes_each_verdict_in_its_form() {
        List<Verdict> verdicts = List.of(
                new Verdict.Alive(
                        "u-1", 1764468060, JsonNodeFactory.instance.objectNode().put("sub", "u-1")),
                new Verdict.Ended("User disabled"),
                new Verdict.Unknown("odd"),
                new Verdict.Failed(new IllegalStateException("secret")));

        assertThat(SessionsJson.write(1764466260123L, verdicts))
                .isEqualTo("{\"now\":1764466260123,\"sessions\":["
                        + "{\"alive\":true,\"user\":\"u-1\",\"endsAt\":1764468060,\"claims\":{\"sub\":\"u-1\"}},"
                        + "{\"alive\":false,\"reason\":\"User disabled\"},"
                        + "{\"error\":\"odd\"},"
                        + "{\"error\":\"failed, see Keycloak's log\"}]}");
    }

    /** A mapper of one client must not spoil the answer about the sessions of others. */
    @Test
    void sends_the_claims_that_an_administrator_has_chosen_unless_they_are_deep_or_huge() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode().put("sub", "u-1");
        claims.putObject("claims")
                .put("level", 3)
                .put("share", 0.5)
                .putArray("teams")
                .add("a");
        assertThat(SessionsJson.write(1, List.of(new Verdict.Alive("u-1", 2, claims))))
                .contains("\"claims\":{\"sub\":\"u-1\",\"claims\":{\"level\":3,\"share\":0.5,\"teams\":[\"a\"]}}");

        claims.putObject("claims").putObject("deep").put("a", "b");
        assertThat(SessionsJson.write(1, List.of(new Verdict.Alive("u-1", 2, claims))))
                .contains("\"claims\":{\"sub\":\"u-1\"}");
        ObjectNode huge = claims.putObject("claims");
        for (int i = 0; i < 10; i++) {
            huge.put("text" + i, "x".repeat(1000));
        }
        assertThat(SessionsJson.write(1, List.of(new Verdict.Alive("u-1", 2, claims))))
                .contains("\"claims\":{\"sub\":\"u-1\"}");
    }

    @Test
    void sends_the_groups_and_roles_for_reverse_proxies() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode().put("sub", "u-1");
        ObjectNode access = claims.putObject("proxy_access");
        access.putArray("groups").add("/staff");
        access.putArray("roles").add("admin");

        assertThat(SessionsJson.write(1, List.of(new Verdict.Alive("u-1", 2, claims))))
                .contains("\"proxy_access\":{\"groups\":[\"/staff\"],\"roles\":[\"admin\"]}");
    }

    @Test
    void leaves_out_claims_that_no_facade_needs_or_that_are_huge() {
        ObjectNode claims = JsonNodeFactory.instance
                .objectNode()
                .put("sub", "u-1")
                .put("name", "x".repeat(2049))
                .put("auth_time", new BigInteger("9".repeat(101)))
                .put("groups", "admins");
        claims.putArray("picture").addArray().addArray();

        assertThat(SessionsJson.write(1, List.of(new Verdict.Alive("u-1", 2, claims))))
                .contains("\"claims\":{\"sub\":\"u-1\"}");
    }

    private static Optional<Question> question(String element) {
        return read(list(element)).orElseThrow().get(0).question();
    }

    private static Optional<List<Element>> read(String body) {
        return SessionsJson.read(body.getBytes(UTF_8));
    }

    private static String many(int count) {
        return list(IntStream.range(0, count).mapToObj(i -> QUESTION).toArray(String[]::new));
    }

    private static String list(String... elements) {
        return List.of(elements).stream().collect(Collectors.joining(",", "{\"sessions\":[", "]}"));
    }

    private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    @Test
    void reads_a_question_for_a_token() {
        assertThat(tokenQuestion("{\"client\":\"shop\",\"confirmedAt\":5}"))
                .contains(new TokenQuestion(new Question("shop", "s-1", 5, false), Optional.empty()));
        assertThat(tokenQuestion("{\"client\":\"shop\",\"confirmedAt\":5,\"jkt\":\"" + THUMBPRINT + "\"}"))
                .contains(new TokenQuestion(new Question("shop", "s-1", 5, false), Optional.of(THUMBPRINT)));
    }

    /** The address names the session, and a token keeps no session alive. */
    @Test
    void a_question_for_a_token_names_no_other_session_and_extends_none() {
        assertThat(tokenQuestion("{\"client\":\"shop\",\"confirmedAt\":5,\"sid\":\"other\",\"extend\":true}"))
                .contains(new TokenQuestion(new Question("shop", "s-1", 5, false), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"client\":\"shop\"}",
                "{\"client\":\"\",\"confirmedAt\":5}",
                "{\"client\":\"shop\",\"confirmedAt\":\"5\"}",
                "{\"client\":\"shop\",\"confirmedAt\":5,\"jkt\":\"\"}",
                "{\"client\":\"shop\",\"confirmedAt\":5,\"jkt\":null}",
                "{\"client\":\"shop\",\"confirmedAt\":5,\"jkt\":[\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"]}",
                "{\"client\":\"shop\",\"confirmedAt\":5,\"jkt\":\"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4\"}",
                "{\"client\":\"shop\",\"confirmedAt\":5,\"jkt\":\"0ZcOCORZNYy+DWpqq30jZyJGHTN0d2HglBV3uiguA4I\"}",
                "{\"client\":\"shop\",\"client\":\"blog\",\"confirmedAt\":5}",
                "{\"client\":\"shop\",\"confirmedAt\":5}{}"
            })
    void anything_else_is_no_question_for_a_token(String body) {
        assertThat(tokenQuestion(body)).isEmpty();
    }

    private static Optional<TokenQuestion> tokenQuestion(String body) {
        return SessionsJson.readTokenQuestion("s-1", body.getBytes(UTF_8));
    }

    @Test
    void writes_a_token_and_why_there_is_none() {
        TokenAnswer.Issued issued = new TokenAnswer.Issued("canary", "Bearer", 300, "email", "ada");

        assertThat(SessionsJson.write(7, issued))
                .isEqualTo("{\"now\":7,\"access_token\":\"canary\",\"token_type\":\"Bearer\",\"expires_in\":300,"
                        + "\"scope\":\"email\",\"sub\":\"ada\"}");
        assertThat(issued).asString().doesNotContain("canary");
        assertThat(SessionsJson.refusal("User disabled", true))
                .isEqualTo("{\"reason\":\"User disabled\",\"ended\":true}");
    }
}
