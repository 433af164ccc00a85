package io.github.multiclientauth.facade.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reference;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorLogTest {

    private static final AuthRequest REQUEST =
            Requests.get(Applications.PORTFOLIO, "/signout").build();

    private final OperatorLog log = new OperatorLog(new MovableClock());

    private final LogLines written = new LogLines();

    @BeforeEach
    void listen() {
        written.listen();
    }

    @AfterEach
    void listenNoMore() {
        written.close();
    }

    /**
     * Anybody can cause these with a callback of their own sign-in, while Keycloak is unreachable, or with a copy of
     * their own cookies.
     */
    @Test
    void messages_that_strangers_can_repeat_are_written_once_a_minute() {
        for (int i = 0; i < 20; i++) {
            log.report(new SignInEvent.ProviderError(REQUEST, "access_denied", Optional.empty(), true, false));
            log.report(new SignInEvent.KeycloakUnavailable(REQUEST, "away"));
            log.report(new SignOutEvent.KeycloakSessionRemains(REQUEST, "away"));
        }

        assertThat(written.lines()).hasSize(3);
    }

    @Test
    void strangers_do_not_hide_messages_about_genuine_sign_ins_and_logout_tokens() {
        for (int i = 0; i < 20; i++) {
            log.report(new SignInEvent.CallbackRefused(REQUEST, false, Cause.UNKNOWN_SIGN_IN, "forged"));
            log.report(new SignOutEvent.LogoutTokenRefused("forged"));
        }
        assertThat(written.lines()).hasSize(2);

        log.report(new SignInEvent.CallbackRefused(REQUEST, true, Cause.CODE_REFUSED, "genuine"));
        log.report(new SignOutEvent.LogoutTokenNotChecked("genuine"));
        assertThat(written.lines()).hasSize(4);
    }

    @Test
    void an_ignored_header_is_named_with_its_sender_once_a_minute() {
        for (int i = 0; i < 20; i++) {
            log.report(unrecognised(""));
            log.report(unrecognised("X-Forwarded-Host \"localhost:3000\" of 192.0.2.1"));
        }

        assertThat(written.lines()).hasSize(2);
        assertThat(written.lines().get(0)).endsWith("(origin http://facade:8090, Host facade:8090)");
        assertThat(written.lines().get(1))
                .endsWith("; ignored is X-Forwarded-Host \"localhost:3000\" of 192.0.2.1, which is not in"
                        + " quarkus.http.proxy.trusted-proxies");
    }

    private static RequestEvent unrecognised(String ignored) {
        return new RequestEvent.Unrecognised(
                new Reference("0000ABCD"),
                Recognition.Reason.UNKNOWN_ORIGIN,
                "http://facade:8090",
                "facade:8090",
                ignored,
                false);
    }

    @Test
    void text_of_strangers_becomes_one_line_of_ascii() {
        assertThat(OperatorLog.printable("a\r\nMCA00220: forged\u001b[2J\u202egnorts\uD83D\uDE00"))
                .isEqualTo("a\\u{d}\\u{a}MCA00220: forged\\u{1b}[2J\\u{202e}gnorts\\u{1f600}");
    }

    @Test
    void text_of_strangers_is_shortened() {
        assertThat(OperatorLog.printable("\n".repeat(100_000))).hasSizeLessThan(3000);
    }
}
