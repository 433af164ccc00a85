package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "ada@example.com, ada@example.com",
                "Ada Lovelace, Ada Lovelace",
                "\" ada \", %20ada%20",
                "M\u00fcller, M%C3%BCller",
                "\ud83d\udd11, %F0%9F%94%91",
                "50%, 50%25",
                "a%2Cb, a%252Cb",
                "\"a,b\", a%2Cb",
            })
    void is_ascii(String text, String encoded) {
        assertThat(HeaderText.encode(text, ",")).isEqualTo(encoded);
    }

    @Test
    void never_ends_the_line() {
        assertThat(HeaderText.encode("a\r\nX-Auth-Request-User: root\t\u0000\u007f\u0085\u2028", ""))
                .isEqualTo("a%0D%0AX-Auth-Request-User: root%09%00%7F%C2%85%E2%80%A8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "  ", "%", "%41", "\r\n", "a: b, c", "\u00e4\u20ac\ud83d\udd11", "\u202e", "+", "\"\\"})
    void is_the_text_again_when_it_is_decoded(String text) {
        String encoded = HeaderText.encode(text, ",:");

        assertThat(encoded.chars()).allMatch(c -> c >= ' ' && c < 0x7f && c != ',' && c != ':');
        assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "/M\u00fcller, /M%C3%BCller",
        "/M%c3%bcller, /M%C3%BCller",
        "a%2Cb, a%2Cb",
        "50%, 50%25",
        "%zz, %25zz",
        "shop:editor, shop:editor",
    })
    void can_be_written_with_some_characters_encoded(String written, String encoded) {
        assertThat(HeaderText.encodeRest(written)).isEqualTo(encoded);
    }

    /** Otherwise a rule about a name with a comma and a space is never met. */
    @Test
    void keeps_a_space_beside_what_is_encoded_already() {
        assertThat(HeaderText.encodeRest("/staff%2C abroad")).isEqualTo(HeaderText.encode("/staff, abroad", ","));
        assertThat(HeaderText.encodeRest(" %2c ")).isEqualTo("%20%2C%20");
    }
}
