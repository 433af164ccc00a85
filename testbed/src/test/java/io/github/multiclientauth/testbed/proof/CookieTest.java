package io.github.multiclientauth.testbed.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookieTest {

    private static final URI ADDRESS = URI.create("http://localhost:3000/api/auth/session");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void reads_name_value_and_path() {
        Cookie cookie = parse("a=b=c; Path=/api; HttpOnly; SameSite=Lax");

        assertThat(cookie.name()).isEqualTo("a");
        assertThat(cookie.value()).isEqualTo("b=c");
        assertThat(cookie.path()).isEqualTo("/api");
        assertThat(cookie.host()).isEqualTo("localhost");
        assertThat(cookie.expires()).isEmpty();
    }

    @Test
    void without_a_path_it_is_for_the_directory_of_the_address() {
        assertThat(parse("a=b").path()).isEqualTo("/api/auth");
        assertThat(Cookie.parse(URI.create("http://localhost/"), "a=b", NOW).path())
                .isEqualTo("/");
    }

    @Test
    void max_age_wins_over_expires() {
        assertThat(parse("a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT")
                        .expires())
                .hasValue(NOW.plusSeconds(60));
        assertThat(parse("a=b; Expires=Wed, 25 Nov 2026 12:00:00 GMT").expires())
                .hasValue(Instant.parse("2026-11-25T12:00:00Z"));
    }

    @Test
    void is_expired_at_the_time_of_expiry() {
        Cookie cookie = parse("a=b; Max-Age=60");

        assertThat(cookie.isExpired(NOW.plusSeconds(59))).isFalse();
        assertThat(cookie.isExpired(NOW.plusSeconds(60))).isTrue();
        assertThat(parse("a=; Max-Age=0").isExpired(NOW)).isTrue();
        assertThat(parse("a=b").isExpired(Instant.MAX)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:3000/api/auth, true",
        "http://localhost:9999/api/auth/session, true",
        "http://localhost:3000/api/authors, false",
        "http://localhost:3000/api, false",
        "http://localhost:3000, false",
        "http://127.0.0.1:3000/api/auth, false",
    })
    void belongs_to_its_host_on_all_ports_and_to_paths_below_its_own(URI asked, boolean belongs) {
        assertThat(parse("a=b; Path=/api/auth").belongsTo(asked)).isEqualTo(belongs);
    }

    @Test
    void no_cookie_for_a_whole_domain_is_accepted() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> parse("a=b; Domain=localhost"));
    }

    @Test
    void the_value_is_not_printed() {
        assertThat(parse("name=canary")).asString().contains("name").doesNotContain("canary");
    }

    private static Cookie parse(String setCookie) {
        return Cookie.parse(ADDRESS, setCookie, NOW);
    }
}
