package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserClaimsTest {

    @Test
    void texts_numbers_truth_values_and_lists_of_texts_are_taken_in_the_order_of_their_names() {
        Map<String, Object> claim = new LinkedHashMap<>();
        claim.put("role", "author");
        claim.put("level", 3L);
        claim.put("share", 0.5);
        claim.put("beta", true);
        claim.put("teams", List.of("a", "b \"c\""));

        UserClaims claims = UserClaims.of(claim);

        assertThat(claims.json())
                .isEqualTo("{\"beta\":true,\"level\":3,\"role\":\"author\",\"share\":0.5,"
                        + "\"teams\":[\"a\",\"b \\\"c\\\"\"]}");
        assertThat(claims.leftOut()).isEmpty();
    }

    @Test
    void what_cannot_be_used_is_left_out_by_name() {
        Map<String, Object> claim = new LinkedHashMap<>();
        claim.put("good", "x");
        claim.put("deep", Map.of("a", "b"));
        claim.put("mixed", List.of("a", 1));
        claim.put("lines", "a\nb");
        claim.put("half", "\ud800");
        claim.put("__proto__", "x");
        claim.put("a b", "x");
        claim.put("", "x");
        claim.put("nothing", null);
        claim.put("endless", Double.POSITIVE_INFINITY);

        UserClaims claims = UserClaims.of(claim);

        assertThat(claims.json()).isEqualTo("{\"good\":\"x\"}");
        assertThat(claims.leftOut())
                .containsExactly("", "__proto__", "a b", "deep", "endless", "half", "lines", "mixed");
        assertThat(claims.kept()).isEqualTo(new UserClaims("{\"good\":\"x\"}", List.of()));
    }

    @Test
    void they_have_a_thousand_bytes_together() {
        UserClaims claims = UserClaims.of(Map.of("a", "x".repeat(600), "b", "\u00e9".repeat(250), "c", "small"));

        assertThat(claims.json()).contains("\"a\"", "\"c\"").doesNotContain("\"b\"");
        assertThat(claims.json().length()).isLessThanOrEqualTo(UserClaims.MAX_TOGETHER);
        assertThat(claims.leftOut()).containsExactly("b");
    }

    @Test
    void few_names_are_told_however_many_there_are() {
        Map<String, Object> many = new LinkedHashMap<>();
        IntStream.range(0, 5000).forEach(i -> many.put("deep" + i, Map.of()));

        assertThat(UserClaims.of(many).leftOut()).hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", ""})
    void anything_but_an_object_is_none(String text) {
        for (Object claim : new Object[] {text, 1, true, List.of("a"), Map.of()}) {
            assertThat(UserClaims.of(claim)).isEqualTo(UserClaims.NONE);
        }
        assertThat(UserClaims.of(null)).isEqualTo(UserClaims.NONE);
    }
}
