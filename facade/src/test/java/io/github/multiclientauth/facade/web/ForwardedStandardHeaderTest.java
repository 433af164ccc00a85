package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7239, of a proxy that is trusted and writes this header alone. */
@QuarkusTest
@TestProfile(TwoApplications.BehindProxyWithForwarded.class)
class ForwardedStandardHeaderTest {

    @TestHTTPResource
    URI server;

    private String providers(String header) {
        return new RawHttp(server.getPort())
                .send("", "GET /api/auth/providers HTTP/1.1", "Host: portfolio.test", header)
                .body();
    }

    @ParameterizedTest
    @CsvSource({
        "Forwarded: proto=https, https://portfolio.test",
        "Forwarded: host=\"dashboard.test:81\", http://dashboard.test:81",
    })
    void it_sets_scheme_and_host(String header, String origin) {
        assertThat(providers(header)).contains("\"signinUrl\":\"" + origin + "/api/auth/signin/github\"");
    }

    @ParameterizedTest
    @CsvSource({"X-Forwarded-Proto: https", "X-Forwarded-Host: dashboard.test:81", "X-Forwarded-Port: 81"})
    void others_are_ignored(String header) {
        assertThat(providers(header)).contains("\"signinUrl\":\"http://portfolio.test/api/auth/signin/github\"");
    }
}
