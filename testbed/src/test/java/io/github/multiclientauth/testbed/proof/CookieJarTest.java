package io.github.multiclientauth.testbed.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CookieJarTest {

    private static final URI ADDRESS = URI.create("http://localhost:3000/api/auth/session");

    private final CookieJar jar = new CookieJar(Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void sends_the_longest_path_first() {
        jar.receive(ADDRESS, List.of("a=1; Path=/", "b=2; Path=/api/auth", "c=3; Path=/other"));

        assertThat(jar.header(ADDRESS)).hasValue("b=2; a=1");
        assertThat(jar.header(URI.create("http://localhost:3000/"))).hasValue("a=1");
        assertThat(jar.header(URI.create("http://127.0.0.1:3000/"))).isEmpty();
    }

    @Test
    void a_cookie_of_the_same_name_and_path_is_replaced() {
        jar.receive(ADDRESS, List.of("a=1; Path=/", "a=2; Path=/", "a=3; Path=/api"));

        assertThat(jar.header(ADDRESS)).hasValue("a=3; a=2");
    }

    @Test
    void a_cleared_cookie_is_gone() {
        jar.receive(ADDRESS, List.of("a=1; Path=/", "b=2; Path=/"));
        jar.receive(ADDRESS, List.of("a=; Path=/; Max-Age=0"));

        assertThat(jar.header(ADDRESS)).hasValue("b=2");
        assertThat(jar.find(ADDRESS, "a")).isEmpty();
        assertThat(jar.find(ADDRESS, "b")).map(Cookie::value).hasValue("2");
    }

    @Test
    void forgets_the_cookies_of_one_host() {
        jar.receive(ADDRESS, List.of("a=1"));
        jar.receive(URI.create("http://127.0.0.1/"), List.of("b=2"));

        jar.clear("localhost");

        assertThat(jar.all()).extracting(Cookie::name).containsExactly("b");
    }
}
