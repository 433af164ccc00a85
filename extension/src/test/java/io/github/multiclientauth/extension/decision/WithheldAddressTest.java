package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithheldAddressTest {

    private static final WithheldAddress ADDRESS = new WithheldAddress("Ada@example.com");

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "ADA@EXAMPLE.COM", "mailto:ada@example.com", "Ada <ada@example.com>"})
    void is_found_in_whatever_spelling(String text) {
        assertThat(ADDRESS.isIn(text)).isTrue();
        assertThat(rest(Map.of("mail", text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "example.com", "ada@example.org", ""})
    void another_text_stays(String text) {
        assertThat(ADDRESS.isIn(text)).isFalse();
        assertThat(rest(Map.of("mail", text))).isEqualTo(Map.of("mail", text));
    }

    @Test
    void is_taken_out_of_claims_within_claims_and_of_lists() {
        assertThat(rest(Map.of(
                        "contact",
                        Map.of("address", "ada@example.com", "name", "Ada"),
                        "mails",
                        List.of("ada@example.com", "info@example.com", Map.of("value", "ada@example.com")),
                        "age",
                        36,
                        "admin",
                        true)))
                .isEqualTo(Map.of(
                        "contact",
                        Map.of("name", "Ada"),
                        "mails",
                        List.of("info@example.com", Map.of()),
                        "age",
                        36,
                        "admin",
                        true));
    }

    /** A mapper of the type JSON leaves such a value. */
    @Test
    void json_that_has_it_goes_as_a_whole() {
        Object json = new Object() {
            @Override
            public String toString() {
                return "{\"mail\":\"ada@example.com\"}";
            }
        };
        assertThat(rest(Map.of("contact", json))).isEmpty();
    }

    @Test
    void a_user_without_an_address_loses_nothing() {
        Map<String, Object> claims = new HashMap<>(Map.of("name", ""));
        new WithheldAddress("").removeFrom(claims);
        assertThat(claims).isEqualTo(Map.of("name", ""));
        assertThat(ADDRESS.isIn(null)).isFalse();
    }

    private static Map<String, Object> rest(Map<String, Object> claims) {
        Map<String, Object> rest = new HashMap<>(claims);
        ADDRESS.removeFrom(rest);
        return rest;
    }
}
