package io.github.multiclientauth.extension.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentTest {

    @Test
    void has_a_strong_tag_that_follows_its_bytes() {
        // Of the text "abc", from FIPS 180-2.
        assertThat(Document.of("abc").tag()).isEqualTo("\"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0\"");
        assertThat(Document.of("ä").tag())
                .isEqualTo(Document.of("ä").tag())
                .isNotEqualTo(Document.of("a").tag());
        assertThat(Document.of("ä").json()).containsExactly(0xC3, 0xA4);
    }
}
