package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.fake.HostileInput;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateRulesTest {

    private final GateRules behindProxy = new GateRules(null, null, 0, true, false);
    private final GateRules alone = new GateRules(null, null, 0, false, false);

    private static HttpRequest request(String target, String... headers) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target);
        for (String header : headers) {
            request.headers().add(header.split(": ")[0], header.split(": ")[1]);
        }
        return request;
    }

    /** The first of two counts, and a proxy that adds its own puts it below the stranger's. */
    @HostileInput(row = 8, advisory = "GHSA-7x63-xv5r-3p2x")
    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-Host: a.test", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443"})
    void a_repeated_forwarded_header_is_refused_where_proxies_are_believed(String header) {
        HttpRequest once = request("/", "Host: a.test", header);
        HttpRequest twice = request("/", "Host: a.test", header, header.toLowerCase());

        assertThat(behindProxy.objection(once, false)).isEmpty();
        assertThat(behindProxy.objection(twice, false)).isPresent();
        assertThat(alone.objection(twice, false)).isEmpty();
    }

    @Test
    void the_scheme_of_an_absolute_target_is_that_of_the_connection() {
        assertThat(alone.objection(request("https://a.test/x", "Host: b.test"), false))
                .isPresent();
        assertThat(alone.objection(request("http://a.test/x", "Host: b.test"), true))
                .isPresent();
        HttpRequest encrypted = request("https://a.test/x?y", "Host: b.test");
        assertThat(alone.objection(encrypted, true)).isEmpty();
        assertThat(encrypted.uri()).isEqualTo("/x?y");
        assertThat(encrypted.headers().get("host")).isEqualTo("a.test");
    }

    @Test
    void an_upgrade_to_http_2_is_ignored() {
        HttpRequest request = request("/", "Host: a.test", "Upgrade: h2c");

        assertThat(alone.objection(request, false)).isEmpty();
        assertThat(request.headers().contains("upgrade")).isFalse();
    }
}
