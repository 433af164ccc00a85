package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A stranger writes what only a proxy may write, while the facade believes another proxy all of it: the request is not of
 * one of {@code quarkus.http.proxy.trusted-proxies}.
 */
@QuarkusTest
@TestProfile(TwoApplications.BehindAnotherProxy.class)
class StrangersHeadersTest {

    private static final String PORTFOLIO = "Host: portfolio.test";

    @TestHTTPResource
    URI server;

    private Answer get(String path, String... headers) {
        return new RawHttp(server.getPort())
                .send(
                        "",
                        Stream.concat(Stream.of("GET " + path + " HTTP/1.1", PORTFOLIO), Stream.of(headers))
                                .toArray(String[]::new));
    }

    /** Headers that some proxy or framework believes. Of a trusted proxy some would count here, too. */
    static Stream<String> believedOfProxies() {
        return Stream.of(
                "X-Forwarded-Host: dashboard.test:81",
                "X-Forwarded-Host: portfolio.test, dashboard.test:81",
                "X-Forwarded-Host: evil.test",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Ssl: on",
                "X-Forwarded-Port: 81",
                "X-Forwarded-Prefix: /api/auth/signin",
                "X-Forwarded-For: 192.0.2.1",
                "X-Forwarded-For: 127.0.0.1, 192.0.2.1",
                "Forwarded: host=dashboard.test:81",
                "Forwarded: proto=https;host=dashboard.test:81;for=192.0.2.1",
                "Forwarded: for=192.0.2.1, host=evil.test;proto=https");
    }

    /** Headers that the facade believes from no sender. */
    static Stream<String> neverBelieved() {
        return Stream.of(
                "X-Original-URL: /api/auth/csrf",
                "X-Rewrite-URL: /api/auth/csrf",
                "X-Original-URI: /api/auth/csrf",
                "X-Original-Host: dashboard.test:81",
                "X-Forwarded-Server: dashboard.test",
                "X-Forwarded-Scheme: https",
                "X-Forwarded-Protocol: https",
                "X-Scheme: https",
                "X-Url-Scheme: https",
                "Front-End-Https: on",
                "X-Host: dashboard.test:81",
                "X-HTTP-Host-Override: dashboard.test:81",
                "X-HTTP-Method-Override: POST",
                "X-Real-IP: 192.0.2.1",
                "X_Forwarded_Host: dashboard.test:81",
                "X_Forwarded_Proto: https",
                "Via: 1.1 dashboard.test:81",
                "CF-Visitor: {\"scheme\":\"https\"}");
    }

    /** Next.js forwards so, and its own address is no application's. */
    @Test
    void the_log_names_an_ignored_header_and_its_sender() {
        LogLines log = new LogLines();
        log.listen();
        try {
            Answer answer = new RawHttp(server.getPort())
                    .send(
                            "",
                            "GET /api/auth/session HTTP/1.1",
                            "Host: facade.internal:8090",
                            "X-Forwarded-Host: portfolio.test");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("ignored is X-Forwarded-Host \"portfolio.test\" of 127.0.0.1,"));
        } finally {
            log.close();
        }
    }

    static Stream<String> spoofed() {
        return Stream.concat(believedOfProxies(), neverBelieved());
    }

    @HostileInput(
            row = 8,
            advisory = {"GHSA-7x63-xv5r-3p2x", "GHSA-vjrc-mh2v-45x6"})
    @ParameterizedTest
    @MethodSource("spoofed")
    void a_strangers_header_changes_nothing(String header) {
        Answer without = get("/api/auth/providers");
        Answer with = get("/api/auth/providers", header);

        assertThat(without.body()).contains("\"signinUrl\":\"http://portfolio.test/api/auth/signin/github\"");
        assertThat(with.status()).isEqualTo(without.status());
        assertThat(with.body()).isEqualTo(without.body());
        assertThat(get("/api/auth/csrf", header).headers("set-cookie"))
                .isNotEmpty()
                .noneMatch(cookie -> cookie.contains("Secure") || cookie.contains("dashboard"));
    }
}
