package io.github.multiclientauth.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    /** Kelvin sign, dotted and dotless i, long s, full-width letters, Cherokee and Greek case pairs. */
    @ParameterizedTest
    @CsvSource({
        "mick@example.com, mic\u212A@example.com",
        "mick@example.com, MIC\u212A@EXAMPLE.COM",
        "mike@example.com, m\u0130ke@example.com",
        "mike@example.com, m\u0131ke@example.com",
        "MIKE@example.com, M\u0131KE@example.com",
        "boss@example.com, bo\u017F\u017F@example.com",
        "boss@example.com, bo\u00DF@example.com",
        "ada@example.com, \uFF41da@example.com",
        "\u13A0@example.com, \uAB70@example.com",
        "\u03C3@example.com, \u03C2@example.com",
        "\u00E4da@example.com, \u00C4da@example.com",
        "ada@example.com, ada@example.com.",
        "ada@example.com, ' ada@example.com'",
    })
    void only_the_case_of_ascii_letters_is_ignored(String one, String other) {
        assertThat(address(one).isSameAs(other)).isFalse();
        assertThat(address(other).isSameAs(one)).isFalse();
    }

    @Test
    void only_ascii_addresses_are_ascii() {
        assertThat(address("Ada.Z@Example.COM").isSameAs("aDA.z@example.com")).isTrue();
        assertThat(address("m\u00FCller@example.com").isSameAs("M\u00DCLLER@example.com"))
                .isFalse();
        assertThat(address("m\u00FCller@example.com").isSameAs("M\u00FCller@example.com"))
                .isTrue();
        assertThat(address("[@\\]^_`{@example.com").isSameAs("{`\\}~_@[@example.com"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void nothing_is_no_address(String nothing) {
        assertThat(EmailAddress.of(nothing)).isEmpty();
        assertThat(EmailAddress.of(null)).isEmpty();
        assertThat(address("ada@example.com").isSameAs(nothing)).isFalse();
        assertThat(address("ada@example.com").isSameAs(null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mic\u212A@example.com", "m\u0131ke@example.com", "\u0430da@example.com", "a@b\u00FCcher.example"
            })
    void addresses_that_are_not_ascii_are_recognized(String address) {
        assertThat(address(address).isAscii()).isFalse();
        assertThat(address("ada@example.com").isAscii()).isTrue();
    }

    @Test
    void addresses_that_keycloak_would_change_are_recognized() {
        assertThat(address("mic\u212A@example.com").isKeptByKeycloak()).isFalse();
        assertThat(address("M\u00DCLLER@example.com").isKeptByKeycloak()).isFalse();
        assertThat(address("m\u00FCller@example.com").isKeptByKeycloak()).isTrue();
        assertThat(address("Ada@Example.com").isKeptByKeycloak()).isTrue();
    }

    private static EmailAddress address(String text) {
        return EmailAddress.of(text).orElseThrow();
    }
}
