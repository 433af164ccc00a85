package io.github.multiclientauth.extension.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedValuesTest {

    @ParameterizedTest
    @CsvSource({"username", "email", "firstName", "lastName"})
    void what_does_not_fit_into_its_column_is_refused(String name) {
        assertThat(RefusedValues.isStorable(name, "x".repeat(255))).isTrue();
        assertThat(RefusedValues.isStorable(name, "x".repeat(256))).isFalse();
    }

    @Test
    void other_attributes_have_room() {
        assertThat(RefusedValues.isStorable("department", "x".repeat(3_000))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"data:image/png;base64", "' DATA:image/gif'"})
    void a_picture_inside_a_data_url_is_refused(String picture) {
        assertThat(RefusedValues.isStorable("picture", picture)).isFalse();
        assertThat(RefusedValues.isStorable("motto", picture)).isTrue();
    }

    /** PostgreSQL stores neither of them. */
    @Test
    void characters_that_a_database_refuses_are_refused() {
        assertThat(RefusedValues.isStorable("firstName", "A" + (char) 0)).isFalse();
        assertThat(RefusedValues.isStorable("firstName", "A" + (char) 0xd800)).isFalse();
        assertThat(RefusedValues.isStorable("firstName", "A\uD83D\uDE00")).isTrue();
    }
}
