package io.github.multiclientauth.facade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetCookieTest {

    private static final Instant EXPIRES = Instant.parse("2026-12-03T20:08:04.564Z");

    @Test
    void writes_the_attributes_in_the_order_of_auth_js() {
        assertThat(new SetCookie("a", "b", "/", true, OptionalLong.of(900), Optional.of(EXPIRES)).header())
                .isEqualTo("a=b; Max-Age=900; Path=/; Expires=Thu, 03 Dec 2026 20:08:04 GMT; HttpOnly; Secure;"
                        + " SameSite=Lax");
    }

    @Test
    void lasts_until_a_time() {
        assertThat(SetCookie.until(EXPIRES, "a", "b", "/", false).header())
                .isEqualTo("a=b; Path=/; Expires=Thu, 03 Dec 2026 20:08:04 GMT; HttpOnly; SameSite=Lax");
    }

    @Test
    void lasts_as_long_as_the_browser_session() {
        assertThat(SetCookie.forBrowserSession("a", "b", "/", true).header())
                .isEqualTo("a=b; Path=/; HttpOnly; Secure; SameSite=Lax");
    }

    @Test
    void is_cleared() {
        assertThat(SetCookie.cleared("a", "/api/auth", false).header())
                .isEqualTo("a=; Max-Age=0; Path=/api/auth; HttpOnly; SameSite=Lax");
    }

    /** Expected values: {@code encodeURIComponent} of Node.js. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '\t',
            value = {
                "ABCXYZabcxyz0189-_.!~*()\tABCXYZabcxyz0189-_.!~*()",
                "it's\tit's",
                "a|b\ta%7Cb",
                "http://localhost:3000/?a=b&c#d\thttp%3A%2F%2Flocalhost%3A3000%2F%3Fa%3Db%26c%23d",
                "a b+c%20\ta%20b%2Bc%2520",
                "a;b,c\"d\\\ta%3Bb%2Cc%22d%5C",
                "\u00e9\u0100\t%C3%A9%C4%80",
                "\ud83d\udd11\t%F0%9F%94%91",
            })
    void encodes_values_as_ecmascript_does(String value, String encoded) {
        assertThat(SetCookie.encode(value)).isEqualTo(encoded);
    }

    @Test
    void encodes_what_would_end_the_value() {
        assertThat(SetCookie.forBrowserSession("a", "b; Domain=evil.example\r\nX: y\u0000", "/", false)
                        .header())
                .isEqualTo("a=b%3B%20Domain%3Devil.example%0D%0AX%3A%20y%00; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void prints_no_value() {
        assertThat(SetCookie.forBrowserSession("name", "canary", "/", true)).hasToString("SetCookie[name]");
    }
}
