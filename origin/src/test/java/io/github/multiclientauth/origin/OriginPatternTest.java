package io.github.multiclientauth.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPatternTest {

    @ParameterizedTest
    @CsvSource({
        "https://*-preview.example.com, https://*-preview.example.com",
        "HTTPS://App-*.Example.COM:443, https://app-*.example.com",
        "https://app-*-preview.example.com:8443, https://app-*-preview.example.com:8443",
        "https://*.previews.example.com, https://*.previews.example.com",
        "https://*.bücher.example, https://*.xn--bcher-kva.example",
        "http://*.localhost:3000, http://*.localhost:3000",
        "https://*.localhost, https://*.localhost",
        "http://*.app.localhost:80, http://*.app.localhost",
    })
    void a_pattern_has_one_spelling(String text, String canonical) {
        assertThat(OriginPattern.parse(text)).map(OriginPattern::toString).hasValue(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "https://*",
                "https://app.example.com",
                "https://*.com",
                "https://*-preview.dev",
                "https://*.com.",
                "https://*.example.com.",
                "http://*.example.com",
                "http://*.localhost.example.com",
                "http://*.notlocalhost",
                "http://*localhost",
                "https://*.*.example.com",
                "https://**.example.com",
                "https://*-*.example.com",
                "https://app.*.example.com",
                "https://app.example.*",
                "https://*.example.com:*",
                "https://*.example.com:0",
                "https://*.example.com:",
                "https://*.example.com/",
                "https://*.example.com/*",
                "https://*.example.com?x",
                "https://*.example.com#x",
                "https://user@*.example.com",
                "https://*@app.example.com",
                "https://*.example.com@evil.example.net",
                "https://*.example.com\\.evil.example",
                "https://-*.example.com",
                "https://\u212A-*.example.com",
                "https://*-.example.com",
                "https://b\u00fc*.example.com",
                "https://*.1.2.3",
                "https://1.2.3.*",
                "https://*.[::1]",
                "*://*.example.com",
                "ftp://*.example.com",
                " https://*.example.com",
                "https://*.example.com\n",
                "https://?-preview.example.com",
                "https://[a-z]-preview.example.com",
                "//*.example.com",
            })
    void anything_else_is_not_a_pattern(String text) {
        assertThat(OriginPattern.parse(text)).isEmpty();
    }

    @Test
    void no_text_and_too_long_text_are_not_a_pattern() {
        assertThat(OriginPattern.parse(null)).isEmpty();
        assertThat(OriginPattern.parse("https://*." + "a.".repeat(40_000) + "example"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://*-preview.example.com, https://pr-1-preview.example.com",
        "https://*-preview.example.com, https://x-preview.example.com:443",
        "https://*-preview.example.com, HTTPS://X-PREVIEW.EXAMPLE.COM",
        "https://app-*.example.com, https://app-1.example.com",
        "https://app-*-x.example.com, https://app-1-x.example.com",
        "https://*.previews.example.com:8443, https://main.previews.example.com:8443",
        "http://*.localhost:3000, http://pr-1.localhost:3000",
    })
    void the_asterisk_matches_within_one_label(String pattern, String origin) {
        assertThat(matches(pattern, origin)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://*-preview.example.com, https://a.b-preview.example.com",
        "https://*-preview.example.com, https://evil.example.net.x-preview.example.com",
        "https://*-preview.example.com, https://x-preview.example.com.evil.example",
        "https://*-preview.example.com, https://x-preview.evil-example.com",
        "https://*-preview.example.com, https://x-preview.example.com.",
        "https://*-preview.example.com, https://x-preview.example.com:8443",
        "https://*-preview.example.com, http://x-preview.example.com",
        "https://*-preview.example.com, http://x-preview.example.com:443",
        "https://*-preview.example.com, https://x-preview-2.example.com",
        "https://*-preview.example.com, https://preview.example.com",
        "https://*-preview.example.com, https://example.com",
        "https://*.example.com, https://a.b.example.com",
        "https://*.example.com, https://example.com",
        "https://*.example.com, https://xexample.com",
        "https://app-*.example.com, https://xapp-1.example.com",
        "https://app-*-x.example.com, https://app-x.example.com",
        "https://aba*aba.example.com, https://ababa.example.com",
        "http://*.localhost:3000, http://localhost:3000",
        "http://*.localhost:3000, http://a.localhost",
        "https://*.localhost, https://[::1]",
    })
    void the_asterisk_does_not_match_more_or_less_than_one_label(String pattern, String origin) {
        assertThat(matches(pattern, origin)).isFalse();
    }

    @Test
    void a_pattern_that_strangers_could_match_cannot_exist() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OriginPattern("https", "", "", "com", 443));
        assertThatIllegalArgumentException().isThrownBy(() -> new OriginPattern("http", "", "", "example.com", 80));
        assertThatIllegalArgumentException().isThrownBy(() -> new OriginPattern("https", "a.", "", "example.com", 443));
        assertThatIllegalArgumentException().isThrownBy(() -> new OriginPattern("https", "", "*", "example.com", 443));
        assertThatIllegalArgumentException().isThrownBy(() -> new OriginPattern("https", "A", "", "example.com", 443));
    }

    private static boolean matches(String pattern, String origin) {
        return OriginPattern.parse(pattern)
                .orElseThrow()
                .matches(Origin.parse(origin).orElseThrow());
    }
}
