package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two programs could understand in two ways are refused before anything looks at where they go. */
@QuarkusTest
@TestProfile(TwoApplications.AtCentralHost.class)
class StrictHttpTest {

    private static final String PORTFOLIO = "Host: portfolio.test";

    @TestHTTPResource
    URI server;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @BeforeEach
    void install_gates() {
        GatesInTests.install(server.getPort());
        GatesInTests.install(management.getPort());
    }

    private Answer get(String path, String... headers) {
        return send("GET", path, headers);
    }

    private Answer send(String method, String path, String... headers) {
        return new RawHttp(server.getPort())
                .send(
                        "",
                        Stream.concat(Stream.of(method + " " + path + " HTTP/1.1"), Stream.of(headers))
                                .toArray(String[]::new));
    }

    private static int answers(String read) {
        return read.split("HTTP/1\\.[01] \\d\\d\\d", -1).length - 1;
    }

    /** Browsers leave these characters in a query as they are. Quarkus answers them with an empty 400. */
    @ParameterizedTest
    @ValueSource(strings = {"/100%", "/a%zz", "/a|b", "/a{b}", "/a^b", "/a`b", "/a[1]", "/a\\b", "/%"})
    void a_character_that_somebody_has_not_escaped_stands_for_itself(String callbackUrl) {
        Answer answer = get("/api/auth/signin?callbackUrl=" + callbackUrl, PORTFOLIO, "Accept: text/html,*/*");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Jsoup.parse(answer.body())
                        .select("input[name=callbackUrl]")
                        .first()
                        .val())
                .isEqualTo(callbackUrl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/signin?x=%E9", "/signin?x=1&x=2"})
    void an_address_that_cannot_be_read_gets_a_page(String path) {
        Answer answer = get("/api/auth" + path, PORTFOLIO, "Accept: text/html,*/*");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Jsoup.parse(answer.body()).select("h1").text()).isEqualTo("The request is not correct");
    }

    /** One line each, or several with CR LF between them. */
    static Stream<String> oddTransferEncodings() {
        return Stream.of(
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked,",
                "Transfer-Encoding: ,chunked",
                "Transfer-Encoding: chunked;q=1",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: \u000bchunked",
                "Transfer-Encoding: chunked\u000b",
                "Transfer-Encoding:",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding\t: chunked",
                "Transfer-Encoding:\r\n chunked",
                "Transfer-Encoding: x\r\n chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: gzip\r\ntransfer-encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Content-Length: 4\r\nTransfer-Encoding: identity",
                "Content-Length: 4\r\nTransfer-Encoding: gzip, chunked",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4\r\nContent-Length: 4",
                "Content-Length: 4, 4",
                "Content-Length: +4",
                "Content-Length: -4",
                "Content-Length: 0x4");
    }

    /** The bytes after the head are a second request for a program that sees no body in the first. */
    @HostileInput(row = 39, advisory = "RFC 9112, sections 6.1 and 6.3")
    @ParameterizedTest
    @MethodSource("oddTransferEncodings")
    void an_odd_transfer_encoding_is_refused_and_nothing_after_it_is_read(String encoding) {
        for (String path :
                List.of("/api/auth/_log", "/api/auth/backchannel-logout", "/api/auth/client.js", "/nowhere")) {
            assertRefused(server.getPort(), "POST " + path + " HTTP/1.1", encoding);
        }
        assertRefused(server.getPort(), "GET /api/auth/csrf HTTP/1.1", encoding);
        assertRefused(management.getPort(), "GET /q/health HTTP/1.1", encoding);
    }

    @HostileInput(row = 39, advisory = "RFC 9112, section 6.1")
    @Test
    void a_transfer_encoding_of_http_1_0_is_refused() {
        assertRefused(server.getPort(), "POST /api/auth/_log HTTP/1.0", "Transfer-Encoding: chunked");
        assertRefused(
                server.getPort(),
                "POST /api/auth/_log HTTP/1.0",
                "Transfer-Encoding: chunked\r\nConnection: keep-alive");
    }

    private static void assertRefused(int port, String line, String encoding) {
        try (RawConnection connection = new RawConnection(port)) {
            connection.write(line + "\r\n" + PORTFOLIO + "\r\n" + encoding + "\r\n\r\n0\r\n\r\n"
                    + "GET /api/auth/csrf HTTP/1.1\r\n" + PORTFOLIO + "\r\n\r\n");

            String read = connection.untilClosed();

            assertThat(read).as(line + " " + encoding).matches("(?s)HTTP/1[.][01] 400 .*");
            assertThat(answers(read)).as(read).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "Chunked", "CHUNKED"})
    void a_body_in_chunks_is_read(String encoding) {
        try (RawConnection connection = new RawConnection(server.getPort())) {
            connection
                    .head(
                            "POST /api/auth/signout HTTP/1.1",
                            PORTFOLIO,
                            "Connection: close",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Transfer-Encoding: " + encoding)
                    .write("3\r\na=b\r\n0\r\n\r\n");

            assertThat(connection.untilClosed()).startsWith("HTTP/1.1 302 ").contains("MissingCSRF");
        }
    }

    /** Each of these headers decides something. */
    @HostileInput(row = 32, advisory = "observed on Auth.js")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: auth.test",
                "Origin: http://portfolio.test",
                "Referer: http://portfolio.test/",
                "X-Client-Origin: http://portfolio.test",
                "Content-Type: application/json",
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Dest: document",
                "Sec-Fetch-Mode: navigate",
                "Access-Control-Request-Method: GET",
            })
    void a_repeated_header_that_decides_something_is_refused(String header) {
        String name = header.substring(0, header.indexOf(':'));
        List<String> others = List.of(header, name.toLowerCase() + ": x", name.toUpperCase() + ":");
        for (String other : others) {
            for (String path : List.of("/api/auth/session", "/api/auth/client.js", "/api/auth/jwks.json", "/nowhere")) {
                String[] twice = name.equals("Host")
                        ? new String[] {header, other}
                        : new String[] {"Host: auth.test", header, "Accept: */*", other};
                assertThat(get(path, twice).status()).as(path + other).isEqualTo(400);
            }
        }
        assertThat(send("OPTIONS", "/api/auth/session", "Host: auth.test", header, header)
                        .status())
                .isEqualTo(400);
        assertThat(send("POST", "/api/auth/backchannel-logout", "Host: auth.test", header, header)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void other_headers_may_be_repeated() {
        assertThat(get(
                                "/api/auth/session",
                                PORTFOLIO,
                                "Cookie: a=b",
                                "Cookie: c=d",
                                "Accept: text/html",
                                "Accept: */*",
                                "X-Forwarded-For: 192.0.2.1",
                                "X-Forwarded-For: 192.0.2.2",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Proto: https")
                        .status())
                .isEqualTo(200);
    }

    /** The target's authority counts and Host does not, as RFC 9112, section 3.2.2 wants it. */
    @ParameterizedTest
    @CsvSource({
        "http://portfolio.test/api/auth/providers, portfolio.test",
        "http://portfolio.test/api/auth/providers, evil.test",
        "HTTP://portfolio.test:80/api/auth/providers, dashboard.test:81",
        "http://PORTFOLIO.test/api/auth/providers, PORTFOLIO.test",
    })
    void an_absolute_target_is_served_as_the_origin_that_it_names(String target, String host) {
        Answer answer = get(target, "Host: " + host);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"signinUrl\":\"http://portfolio.test/api/auth/signin/github\"")
                .doesNotContain("evil", "dashboard");
    }

    @Test
    void an_absolute_target_may_have_a_query_and_no_path() {
        assertThat(get("http://portfolio.test/api/auth/error?error=AccessDenied", PORTFOLIO)
                        .status())
                .isEqualTo(403);
        assertThat(get("http://portfolio.test", PORTFOLIO).status()).isEqualTo(404);
        assertThat(get("http://portfolio.test?x=/api/auth/session", PORTFOLIO).status())
                .isEqualTo(404);
    }

    @HostileInput(row = 32, advisory = "observed on Auth.js")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.test/api/auth/session",
                "http://portfolio.test@evil.test/api/auth/session",
                "http://evil.test@portfolio.test/api/auth/session",
                "http://portfolio.test:8080/api/auth/session",
                "http://portfolio.test\\@evil.test/api/auth/session",
                "http:///api/auth/session",
                "http:/api/auth/session",
                "http:portfolio.test/api/auth/session",
                "https://portfolio.test/api/auth/session",
                "ftp://portfolio.test/api/auth/session",
                "javascript://portfolio.test/api/auth/session",
                "portfolio.test/api/auth/session",
                "//portfolio.test/api/auth/session",
                "http://portfolio.test/x/../api/auth/session",
                "http://portfolio.test/api/auth/session#",
                "http://portfolio.test//api/auth/session",
                "http://portfolio.test/http://portfolio.test/api/auth/session",
            })
    void an_absolute_target_bypasses_no_check(String target) {
        Answer answer = get(target, PORTFOLIO);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.headers("set-cookie")).isEmpty();
        assertThat(answer.body()).doesNotContain("evil");
        assertThat(answer.headers()).noneMatch(header -> header.contains("evil"));
    }

    @Test
    void an_absolute_target_does_not_replace_a_missing_or_repeated_host() {
        String target = "http://portfolio.test/api/auth/csrf";

        assertThat(get(target).status()).isEqualTo(400);
        assertThat(get(target, PORTFOLIO, PORTFOLIO).status()).isEqualTo(400);
    }

    @HostileInput(
            row = 38,
            advisory = {"CVE-2026-47244", "CVE-2023-44487"})
    @Test
    void http_2_is_off() {
        for (int port : List.of(server.getPort(), management.getPort())) {
            try (RawConnection connection = new RawConnection(port)) {
                connection
                        .write(Http2Bytes.PREFACE)
                        .write(Http2Bytes.settings())
                        .write(Http2Bytes.get(1, "portfolio.test", "/api/auth/csrf", "accept", "*/*"));

                // Where Vert.x has greeted already, nothing follows its settings.
                assertThat(connection.untilClosed()).doesNotContain("csrfToken", "cache-control");
            }
            Answer upgrade = new RawHttp(port)
                    .send(
                            "",
                            "GET /api/auth/session HTTP/1.1",
                            PORTFOLIO,
                            "Connection: Upgrade, HTTP2-Settings",
                            "Upgrade: h2c",
                            "HTTP2-Settings: AAMAAABkAAQAAP__");
            assertThat(upgrade.status()).isIn(200, 404);
        }
    }
}
