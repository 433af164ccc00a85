package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward authentication of a proxy that is known by its address. */
@QuarkusTest
@TestProfile(TwoApplications.WithForwardAuthByAddress.class)
class VerifyByAddressTest {

    @TestHTTPResource
    URI server;

    private Answer get(String target, String... headers) {
        String[] head = new String[headers.length + 2];
        head[0] = "GET " + target + " HTTP/1.1";
        head[1] = "Host: portfolio.test";
        System.arraycopy(headers, 0, head, 2, headers.length);
        return new RawHttp(server.getPort()).send("", head);
    }

    @Test
    void the_proxy_needs_no_secret() {
        assertThat(get("/api/auth/verify", "X-Original-URI: /").status()).isEqualTo(401);
        assertThat(get("/api/auth/verify", "X-Original-URI: /", "X-Forwarded-For: 192.0.2.1")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void a_wrong_secret_is_not_made_good() {
        assertThat(get("/api/auth/verify", "X-Original-URI: /", "X-Forward-Auth-Secret: x")
                        .status())
                .isEqualTo(400);
    }

    /** The proxy passes requests of browsers on, too. It does not name another request then, or this one. */
    @ParameterizedTest
    @ValueSource(strings = {"X-A: b", "X-Original-URI: /api/auth/verify", "X-Forwarded-Uri: /api/auth/%76erify"})
    void a_browser_behind_the_proxy_gets_no_answer(String header) {
        assertThat(get("/api/auth/verify", header).status()).isEqualTo(400);
    }

    @Test
    void below_the_prefix_a_secret_is_needed() {
        assertThat(get("/api/auth/verify/orders").status()).isEqualTo(400);
    }
}
