package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class DocumentTest {

    @Test
    void has_a_strong_tag_that_follows_its_bytes() {
        // Of the text "abc", from FIPS 180-2.
        assertThat(Document.of("abc").plain().tag()).isEqualTo("\"ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0\"");
        assertThat(Document.of("ä").plain().tag())
                .isEqualTo(Document.of("ä").plain().tag())
                .isNotEqualTo(Document.of("a").plain().tag());
        assertThat(Document.of("ä").plain().bytes()).containsExactly(0xC3, 0xA4);
    }

    @Test
    void is_packed_as_well_under_a_tag_of_its_own() throws IOException {
        Document document = Document.of("ä".repeat(10_000));

        assertThat(document.packed().bytes()).hasSizeLessThan(1_000);
        try (GZIPInputStream unpacked =
                new GZIPInputStream(new ByteArrayInputStream(document.packed().bytes()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(document.plain().bytes());
        }
        assertThat(document.packed().tag())
                .isEqualTo(Document.of("ä".repeat(10_000)).packed().tag())
                .isNotEqualTo(document.plain().tag())
                .isNotEqualTo(Document.of("ä").packed().tag());
    }
}
