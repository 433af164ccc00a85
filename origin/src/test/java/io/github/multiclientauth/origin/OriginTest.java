package io.github.multiclientauth.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, https://app.example.com",
        "HTTPS://App.Example.COM, https://app.example.com",
        "https://app.example.com:443, https://app.example.com",
        "http://app.example.com:80, http://app.example.com",
        "http://app.example.com:443, http://app.example.com:443",
        "http://localhost:3000, http://localhost:3000",
        "http://127.0.0.1:3001, http://127.0.0.1:3001",
        "http://[::1]:3000, http://[::1]:3000",
        "http://[0:0:0:0:0:0:0:1], http://[::1]",
        "https://[2001:DB8:0:0:1:0:0:1], https://[2001:db8::1:0:0:1]",
        "https://[2001:db8:0:1:1:1:1:1], https://[2001:db8:0:1:1:1:1:1]",
        "https://[::], https://[::]",
        "https://[1::], https://[1::]",
        "https://bücher.example, https://xn--bcher-kva.example",
        "https://my_app.example.com, https://my_app.example.com",
        "https://app.example.com., https://app.example.com.",
    })
    void a_serialised_origin_has_one_spelling(String text, String canonical) {
        assertThat(Origin.parse(text)).map(Origin::toString).hasValue(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "+",
                "null",
                "app.example.com",
                "//app.example.com",
                "https:",
                "https://",
                "https:///",
                "https:app.example.com",
                "https://app.example.com/",
                "https://app.example.com/x",
                "https://app.example.com?x",
                "https://app.example.com#x",
                "https://user@app.example.com",
                "https://@app.example.com",
                "https://app.example.com:",
                "https://app.example.com:0",
                "https://app.example.com:65536",
                "https://app.example.com:+80",
                "https://app.example.com:080808",
                "https://app.example.com:4४3",
                "https://app.example.com\\@evil.example",
                "https://app.example.com%2eevil.example",
                "https://app..example.com",
                "https://-app.example.com",
                "https://*.example.com",
                "https://app.example.com ",
                " https://app.example.com",
                "https://app.exa\tmple.com",
                "https://127.1",
                "https://0x7f.0.0.1",
                "https://2130706433",
                "https://127.0.0.01",
                "https://127.0.0.1.",
                "https://256.0.0.1",
                "https://[::1",
                "https://::1",
                "https://[::ffff:1.2.3.4]",
                "https://[::1.08888888888]",
                "https://[::08888888888.1.1.1]",
                "https://[fe80::1%25eth0]",
                "https://[1:2:3]",
                "https://straße.example",
                "ftp://app.example.com",
                "blob:https://app.example.com/1",
                "javascript://app.example.com",
                "chrome-extension://abcdef",
            })
    void anything_else_is_not_an_origin(String text) {
        assertThat(Origin.parse(text)).isEmpty();
    }

    @Test
    void no_text_and_too_long_text_are_not_an_origin() {
        assertThat(Origin.parse(null)).isEmpty();
        assertThat(Origin.parse("https://" + "a".repeat(70_000))).isEmpty();
        assertThat(Origin.parse("https://" + "a.".repeat(130) + "example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com/a/b?c=https://evil.example#d, https://app.example.com",
        "http://localhost:3000/, http://localhost:3000",
        "HTTP://LOCALHOST:3000, http://localhost:3000",
        "https://app.example.com/%2F%2Fevil.example, https://app.example.com",
    })
    void the_origin_of_a_url_is_its_scheme_host_and_port(String url, String origin) {
        assertThat(Origin.ofUrl(url)).map(Origin::toString).hasValue(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/relative",
                "https://app.example.com@evil.example/",
                "https://app.example.com\\.evil.example/",
                "data:text/html,x",
                "urn:ietf:wg:oauth:2.0:oob",
                "com.example.app:/callback",
            })
    void other_urls_have_no_web_origin(String url) {
        assertThat(Origin.ofUrl(url)).isEmpty();
    }

    @Test
    void scheme_host_and_port_must_all_be_equal() {
        Origin origin = Origin.parse("https://app.example.com").orElseThrow();

        assertThat(Origin.parse("https://app.example.com:443")).hasValue(origin);
        assertThat(Origin.parse("http://app.example.com:443")).isPresent().get().isNotEqualTo(origin);
        assertThat(Origin.parse("https://app.example.com:8443"))
                .isPresent()
                .get()
                .isNotEqualTo(origin);
        assertThat(Origin.parse("https://app.example.com.evil.example"))
                .isPresent()
                .get()
                .isNotEqualTo(origin);
        assertThat(Origin.parse("https://app.example.com.")).isPresent().get().isNotEqualTo(origin);
    }

    @Test
    void an_origin_that_is_not_canonical_cannot_exist() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("https", "App.example.com", 443));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("ftp", "app.example.com", 21));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("https", "app.example.com", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Origin("https", "127.1", 443));
    }

    @Test
    void only_https_is_secure() {
        assertThat(Origin.parse("https://localhost").orElseThrow().isSecure()).isTrue();
        assertThat(Origin.parse("http://localhost").orElseThrow().isSecure()).isFalse();
    }
}
