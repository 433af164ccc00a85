package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@TestProfile(TwoApplications.BehindProxy.class)
class ForwardedHeadersTest {

    @TestHTTPResource
    URI server;

    private Answer get(String... headers) {
        String[] head = new String[headers.length + 1];
        head[0] = "GET /api/auth/csrf HTTP/1.1";
        System.arraycopy(headers, 0, head, 1, headers.length);
        return new RawHttp(server.getPort()).send("", head);
    }

    @Test
    void a_trusted_proxy_forwards_scheme_and_host() {
        Answer answer = get("Host: internal", "X-Forwarded-Proto: https", "X-Forwarded-Host: portfolio.test");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers("set-cookie"))
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("__Host-authjs.csrf-token="))
                .anyMatch(cookie -> cookie.startsWith("__Secure-authjs.callback-url=https%3A%2F%2Fportfolio.test;"))
                .allMatch(cookie -> cookie.contains("; Secure;"));
    }

    @Test
    void a_forwarded_host_that_is_no_application_is_refused() {
        assertThat(get("Host: portfolio.test", "X-Forwarded-Host: evil.test").status())
                .isEqualTo(400);
    }

    /** Operators compare it with the address bar: it is what the headers of all proxies together say. */
    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Host: evil.test, 'origin http://evil.test,'",
        "X-Forwarded-Host: evil.test:8443, 'origin http://evil.test:8443,'",
        "X-Forwarded-Proto: https, 'origin https://internal,'",
        "X-Forwarded-Port: 444, 'origin http://internal:444,'",
        "Forwarded: host=dashboard.test, 'origin http://internal,'",
    })
    void the_log_has_the_origin_that_was_computed(String header, String origin) {
        try (LogLines log = LogLines.ofAllRequests()) {
            assertThat(get("Host: internal", header).status()).isEqualTo(400);

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("MCA00210"))
                    .singleElement()
                    .asString()
                    .contains("UNKNOWN_ORIGIN", origin);
        }
    }

    /** The first mistake of most operators. Everything else is right, also for the doctor. */
    @ParameterizedTest
    @CsvSource({
        "secure.test, true",
        "secure.test:80, true",
        "secure.test:8443, false",
        "evil.test, false",
    })
    void the_log_says_that_only_tls_is_missing(String host, boolean missing) {
        try (LogLines log = LogLines.ofAllRequests()) {
            assertThat(get("Host: " + host).status()).isEqualTo(400);

            assertThat(log.lines())
                    .filteredOn(line -> line.contains("MCA00210"))
                    .singleElement()
                    .matches(line -> line.contains("quarkus.http.proxy.trusted-proxies") == missing);
        }
    }

    private String signInUrl(String... headers) {
        String[] head = new String[headers.length + 2];
        head[0] = "GET /api/auth/providers HTTP/1.1";
        head[1] = "Host: portfolio.test";
        System.arraycopy(headers, 0, head, 2, headers.length);
        Answer answer = new RawHttp(server.getPort()).send("", head);
        String key = "\"signinUrl\":\"";
        int begin = answer.body().indexOf(key);
        return begin < 0
                ? Integer.toString(answer.status())
                : answer.body().substring(begin + key.length(), answer.body().indexOf('"', begin + key.length()));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Forwarded-Proto: https, https://portfolio.test/api/auth/signin/github",
        "X-Forwarded-Ssl: on, https://portfolio.test/api/auth/signin/github",
        "X-Forwarded-Host: dashboard.test:81, http://dashboard.test:81/api/auth/signin/github",
        "X-Forwarded-Port: 444, 400",
    })
    void each_header_of_a_trusted_proxy_counts(String header, String signInUrl) {
        assertThat(signInUrl(header)).isEqualTo(signInUrl);
    }

    @Test
    void host_and_port_of_a_trusted_proxy_belong_together() {
        assertThat(signInUrl("X-Forwarded-Host: dashboard.test", "X-Forwarded-Port: 81"))
                .isEqualTo("http://dashboard.test:81/api/auth/signin/github");
    }

    /** A proxy that writes X-Forwarded-* passes on what the browser wrote elsewhere. */
    @ParameterizedTest
    @MethodSource("io.github.multiclientauth.facade.web.StrangersHeadersTest#neverBelieved")
    void headers_that_the_trusted_proxy_does_not_set_are_ignored(String header) {
        assertThat(signInUrl(header)).isEqualTo("http://portfolio.test/api/auth/signin/github");
    }
}
