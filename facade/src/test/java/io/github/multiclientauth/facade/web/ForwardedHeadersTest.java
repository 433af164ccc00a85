package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;

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
    void a_trusted_proxy_says_which_scheme_and_host_the_browser_sees() {
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
}
