package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Five sign-ins a minute, behind a proxy that says from where they come. */
@QuarkusTest
@TestProfile(TwoApplications.WithFewSignIns.class)
class SignInLimitRoutesTest {

    private static final int ALLOWED = 5;

    @TestHTTPResource
    URI server;

    private Answer send(String line, String address, String... further) {
        return new RawHttp(server.getPort())
                .send(
                        "",
                        Stream.concat(
                                        Stream.of(
                                                line + " HTTP/1.1",
                                                "Host: portfolio.test",
                                                "X-Forwarded-For: " + address),
                                        Stream.of(further))
                                .toArray(String[]::new));
    }

    private Answer start(String address, String... further) {
        return send("GET /api/auth/signin/github", address, further);
    }

    /** A form with its CSRF token. */
    private Answer post(String address) {
        Answer csrf = send("GET /api/auth/csrf", address);
        String token = csrf.body().replaceAll("\\{\"csrfToken\":\"([0-9a-f]{64})\"}", "$1");
        return new RawHttp(server.getPort())
                .send(
                        "csrfToken=" + token,
                        "POST /api/auth/signin/github HTTP/1.1",
                        "Host: portfolio.test",
                        "X-Forwarded-For: " + address,
                        "Content-Type: application/x-www-form-urlencoded",
                        "Cookie: " + csrf.headers("set-cookie").get(0).split(";")[0]);
    }

    private void useUp(String address) {
        IntStream.range(0, ALLOWED)
                .forEach(i -> assertThat(start(address).status())
                        .as("%s, %d", address, i)
                        .isEqualTo(302));
    }

    @Test
    void too_many_sign_ins_from_one_address_have_to_wait() {
        useUp("198.51.100.1");

        Answer page = start("198.51.100.1", "Accept: text/html", "Accept-Language: de");
        assertThat(page.status()).isEqualTo(429);
        assertThat(page.header("retry-after").orElse("")).matches("[1-9]\\d?");
        assertThat(page.headers("set-cookie")).isEmpty();
        assertThat(page.header("cache-control")).hasValue("private, no-cache, no-store");
        assertThat(Jsoup.parse(page.body()).selectFirst("h1").text()).isEqualTo("Zu viele Anmeldungen auf einmal");
        assertThat(Jsoup.parse(page.body()).selectFirst(".reference strong").text())
                .matches("[0-9A-F]{8}");

        Answer message = start("198.51.100.1", "Accept: application/json");
        assertThat(message.status()).isEqualTo(429);
        assertThat(message.body()).contains("\"message\":\"", "\"reference\":\"");
    }

    @Test
    void forms_count_like_links() {
        useUp("198.51.100.2");

        assertThat(post("198.51.100.2").status()).isEqualTo(429);
    }

    @Test
    void requests_that_start_no_sign_in_do_not_count() {
        for (int i = 0; i < ALLOWED; i++) {
            // A page of any site: <img>, fetch(…, {mode: 'no-cors'}), a frame, a form.
            for (String destination : List.of("image", "empty", "iframe")) {
                assertThat(start(
                                        "198.51.100.7",
                                        "Sec-Fetch-Site: cross-site",
                                        "Sec-Fetch-Mode: no-cors",
                                        "Sec-Fetch-Dest: " + destination)
                                .status())
                        .as(destination)
                        .isEqualTo(403);
            }
            assertThat(send("POST /api/auth/signin/github", "198.51.100.7").header("location"))
                    .hasValueSatisfying(location -> assertThat(location).contains("error=MissingCSRF&"));
            assertThat(start("198.51.100.7", "Purpose: prefetch").status()).isEqualTo(403);
            assertThat(send("GET /api/auth/signin/gitlab", "198.51.100.7").status())
                    .isEqualTo(404);
            assertThat(send("GET /api/auth/signin/github?callbackUrl=javascript:", "198.51.100.7")
                            .status())
                    .isEqualTo(400);
        }

        useUp("198.51.100.7");
        assertThat(start("198.51.100.7").status()).isEqualTo(429);
    }

    @Test
    void nothing_else_is_limited() {
        useUp("198.51.100.3");

        assertThat(start("198.51.100.3").status()).isEqualTo(429);
        for (String path : List.of("session", "csrf", "providers", "signin", "error", "client.js")) {
            assertThat(send("GET /api/auth/" + path, "198.51.100.3").status())
                    .as(path)
                    .isEqualTo(200);
        }
        assertThat(send("GET /api/auth/callback/github?state=a&code=b", "198.51.100.3")
                        .status())
                .isEqualTo(302);
    }

    @Test
    void other_addresses_are_not_limited() {
        useUp("198.51.100.4");
        assertThat(start("198.51.100.4").status()).isEqualTo(429);

        assertThat(start("198.51.100.5").status()).isEqualTo(302);
    }

    @HostileInput(row = 20, advisory = "CVE-2026-45364")
    @Test
    void another_spelling_of_an_address_shares_its_limit() {
        useUp("2001:db8:1:2::1");
        for (String spelled : List.of(
                "2001:db8:1:2::2",
                "2001:0DB8:0001:0002:ffff:ffff:ffff:ffff",
                "[2001:db8:1:2::3]",
                "\"[2001:db8:1:2::3]:4711\"",
                "2001:db8:1:2:0:0:198.51.100.1")) {
            assertThat(start(spelled).status()).as(spelled).isEqualTo(429);
        }
        assertThat(start("2001:db8:1:3::1").status()).isEqualTo(302);

        useUp("198.51.100.6");
        for (String spelled : List.of(
                "::ffff:198.51.100.6", "::FFFF:c633:6406", "0:0:0:0:0:ffff:198.51.100.6", "198.51.100.6:4711")) {
            assertThat(start(spelled).status()).as(spelled).isEqualTo(429);
        }
    }

    @Test
    void everything_that_is_no_address_shares_one_limit() {
        IntStream.range(0, ALLOWED).forEach(i -> start("made-up-" + i));

        assertThat(start("_hidden").status()).isEqualTo(429);
    }
}
