package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    @Nested
    class Form {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "a=b | b",
                    "x=1&a=b&y=2 | b",
                    "&&a=b&& | b",
                    "a | ''",
                    "a= | ''",
                    "a=b=c | b=c",
                    "a=1+2%2B3%203 | '1 2+3 3'",
                    "%61=b | b",
                    "a=%C3%A9 | \u00e9",
                    "a=\u00e9 | \u00e9",
                    "a=%F0%9F%94%91 | \ud83d\udd11",
                    "a=\ud83d\udd11 | \ud83d\udd11",
                    "a=%00 | '\u0000'",
                    "a=%25 | %",
                })
        void reads_what_was_encoded(String text, String value) {
            assertThat(Parameters.ofForm(text).orElseThrow().get("a")).hasValue(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    // broken percent-encoding
                    "a=%",
                    "a=%2",
                    "a=%zz",
                    "a=%2g",
                    "a=%-1",
                    "a=%+1",
                    "a=%\uff11\uff11",
                    "%=a",
                    // broken UTF-8: cut off, a lone continuation, overlong, a surrogate, beyond the last code point
                    "a=%C3",
                    "a=%A9",
                    "a=%C0%AF",
                    "a=%ED%A0%80",
                    "a=%F4%90%80%80",
                    "a=%FF",
                    "a=\ud800",
                    "a=\udc00\ud800",
                    "a=%C3\u00a9",
                    // twice, however it is spelt
                    "a=b&a=c",
                    "a=b&a=b",
                    "a&a",
                    "a=b&%61=c",
                })
        void refuses_what_two_parsers_could_read_differently(String text) {
            assertThat(Parameters.ofForm(text)).isEmpty();
        }

        @Test
        void takes_64_parameters_and_no_more() {
            assertThat(Parameters.ofForm(pairs(64))).isPresent();
            assertThat(Parameters.ofForm(pairs(65))).isEmpty();
            assertThat(Parameters.ofForm(pairs(1_000_000))).isEmpty();
        }

        @Test
        void never_fails_otherwise() {
            Random seeded = new Random(3);
            for (int i = 0; i < 20_000; i++) {
                String text = seeded.ints(seeded.nextInt(40), 0, 0x250)
                        .mapToObj(c -> seeded.nextInt(4) == 0 ? "%" : Character.toString(c))
                        .collect(Collectors.joining());
                assertThatCode(() -> Parameters.ofForm(text)).doesNotThrowAnyException();
            }
        }

        private String pairs(int count) {
            return IntStream.range(0, count).mapToObj(i -> "p" + i + "=" + i).collect(Collectors.joining("&"));
        }
    }

    @Nested
    class Json {

        @Test
        void reads_texts_numbers_and_booleans() {
            Parameters body = Parameters.ofJson(
                            "{\"text\":\"a\\u00e9\",\"number\":7,\"yes\":true,\"none\":null,\"list\":[1],\"data\":{\"a\":1}}")
                    .orElseThrow();

            assertThat(body.get("text")).hasValue("a\u00e9");
            assertThat(body.get("number")).hasValue("7");
            assertThat(body.get("yes")).hasValue("true");
            assertThat(body.get("none")).isEmpty();
            assertThat(body.get("list")).isEmpty();
            assertThat(body.get("data")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "true",
                    "7",
                    "\"text\"",
                    "[]",
                    "[{\"a\":1}]",
                    "{",
                    "{\"a\":}",
                    "{'a':1}",
                    "{a:1}",
                    "{\"a\":1}{\"a\":2}",
                    "{\"a\":1} x",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":1,\"\\u0061\":2}",
                    "{\"data\":{\"a\":1,\"a\":2}}",
                    "{\"a\":NaN}",
                    "{\"a\":\"\u0000\"}",
                })
        void refuses_what_is_no_json_object_or_says_a_thing_twice(String text) {
            assertThat(Parameters.ofJson(text)).isEmpty();
        }

        @Test
        void takes_32_levels_and_no_more() {
            assertThat(Parameters.ofJson(nested(32))).isPresent();
            assertThat(Parameters.ofJson(nested(33))).isEmpty();
            assertThat(Parameters.ofJson(nested(500_000))).isEmpty();
            assertThat(Parameters.ofJson("[".repeat(500_000))).isEmpty();
        }

        @Test
        void takes_64_members_and_no_more() {
            assertThat(Parameters.ofJson(members(64))).isPresent();
            assertThat(Parameters.ofJson(members(65))).isEmpty();
        }

        @Test
        void does_not_compute_with_huge_numbers() {
            assertThat(Parameters.ofJson("{\"a\":" + "9".repeat(2000) + "}")).isEmpty();
            assertThat(Parameters.ofJson("{\"a\":1e999999999}")).isPresent();
        }

        private String nested(int levels) {
            return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
        }

        private String members(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> "\"p" + i + "\":" + i)
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    @Test
    void an_empty_value_is_a_value_but_not_for_oauth() {
        Parameters parameters = Parameters.ofForm("a=&b=c").orElseThrow();

        assertThat(parameters.get("a")).hasValue("");
        assertThat(parameters.nonEmpty("a")).isEmpty();
        assertThat(parameters.nonEmpty("b")).hasValue("c");
        assertThat(parameters.nonEmpty("c")).isEmpty();
        assertThat(Parameters.NONE.get("a")).isEmpty();
    }
}
