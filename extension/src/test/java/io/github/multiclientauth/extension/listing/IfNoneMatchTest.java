package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfNoneMatchTest {

    private static final String TAG = "\"a1\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a1\"",
                "W/\"a1\"",
                "*",
                " * ",
                "\"b\",\"a1\"",
                "\"b\" , W/\"a1\"",
                "W/\"b\",, \"a1\" ,",
                "\"a,b\", \"a1\"",
                "\"\", \"a1\""
            })
    void is_the_one_that_the_client_has(String field) {
        assertThat(IfNoneMatch.matches(List.of(field), TAG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a1",
                "'a1'",
                "\"a1",
                "a1\"",
                "\"b\"",
                "\"a1\"\"b\"",
                "w/\"a1\"",
                "X/\"a1\"",
                "\"b\", *",
                "\"x\"a1\"",
                "\"A1\"",
                "\"x, \"a1\""
            })
    void is_another_or_cannot_be_read(String field) {
        assertThat(IfNoneMatch.matches(List.of(field), TAG)).isFalse();
    }

    @Test
    void may_come_in_several_fields() {
        assertThat(IfNoneMatch.matches(List.of("\"b\"", "\"a1\""), TAG)).isTrue();
        assertThat(IfNoneMatch.matches(List.of(), TAG)).isFalse();
    }
}
