package io.github.multiclientauth.testbed.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.web.Loop;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The canary of all browsers in the end-to-end tests can fail. */
class TokenCanaryIT {

    @ParameterizedTest
    @ValueSource(strings = {"body", "address", "cookie"})
    void a_chromium_that_has_received_a_token_fails_when_it_is_closed(String where) throws Exception {
        String claims = "{\"iss\":\"http://localhost/realms/r\",\"typ\":\"Bearer\"}";
        String token = "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + ".x";
        Chromium chromium = Chromium.start();
        try (Loop loop = new Loop();
                Upstream server = Upstream.start(loop.vertx(), Ports.free().portfolio());
                BrowserContext context = chromium.browser().newContext()) {
            context.newPage().navigate(server.leaking(where, token));
        }

        assertThatThrownBy(chromium::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Bearer")
                .hasMessageNotContaining(token);
    }
}
