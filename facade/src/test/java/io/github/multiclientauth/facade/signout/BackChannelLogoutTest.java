package io.github.multiclientauth.facade.signout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.LogoutToken;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackChannelLogoutTest {

    private static final ClientId PORTFOLIO = new ClientId("portfolio");
    private static final String SUBJECT =
            FakeAuthorizationServer.identity(Applications.PORTFOLIO, "sid").subject();

    private final Facade facade = new Facade();

    @Test
    void ends_the_session_at_once_and_every_copy_of_its_cookie() {
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "sid");
        assertThat(facade.session(browser, Applications.PORTFOLIO)).contains("Ada");
        Browser copy = browser.copy();

        assertThat(receive(token("sid", "1"))).isEqualTo(new Reply.Empty(200));

        assertThat(facade.session(browser, Applications.PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(copy, Applications.PORTFOLIO)).isEqualTo("null");
    }

    @HostileInput(row = 27, advisory = "observed")
    @Test
    void ends_cookies_that_were_issued_before_and_after_a_renewal() {
        Browser old = facade.signedIn(Applications.PORTFOLIO, "sid");
        Browser renewed = old.copy();
        facade.clock().advance(Facade.REVALIDATE_AFTER.plusSeconds(1));
        assertThat(facade.session(renewed, Applications.PORTFOLIO)).contains("Ada");

        receive(token("sid", "1"));

        assertThat(facade.session(old, Applications.PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(renewed, Applications.PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void leaves_other_sessions_and_other_clients_alone() {
        Browser other = facade.signedIn(Applications.PORTFOLIO, "other-sid");
        Browser dashboard = facade.signedIn(Applications.DASHBOARD, "sid");

        receive(token("sid", "1"));

        assertThat(facade.session(other, Applications.PORTFOLIO)).contains("Ada");
        assertThat(facade.session(dashboard, Applications.DASHBOARD)).contains("Ada");
    }

    @Test
    void without_a_session_ends_all_of_the_user_at_this_client() {
        Browser one = facade.signedIn(Applications.PORTFOLIO, "one");
        Browser two = facade.signedIn(Applications.PORTFOLIO, "two");
        Browser dashboard = facade.signedIn(Applications.DASHBOARD, "one");

        facade.keycloak().issue("all", new LogoutToken(PORTFOLIO, Optional.empty(), Optional.of(SUBJECT), "1", now()));
        receive("all");

        assertThat(facade.session(one, Applications.PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(two, Applications.PORTFOLIO)).isEqualTo("null");
        assertThat(facade.session(dashboard, Applications.DASHBOARD)).contains("Ada");
    }

    @Test
    void does_not_hinder_the_next_sign_in() {
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "sid");
        receive(token("sid", "1"));
        facade.clock().advance(Duration.ofSeconds(1));

        facade.signIn(browser, Applications.PORTFOLIO, "sid");

        assertThat(facade.session(browser, Applications.PORTFOLIO)).contains("Ada");
    }

    /** Sent again, it would sign out who has signed in since. */
    @HostileInput(row = 15, advisory = "CVE-2026-18569")
    @Test
    void refuses_a_token_that_was_used() {
        String token = token("sid", "1");
        receive(token);
        facade.clock().advance(Duration.ofSeconds(1));
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "sid");

        assertThat(receive(token)).isEqualTo(refused());

        assertThat(facade.session(browser, Applications.PORTFOLIO)).contains("Ada");
    }

    /** Another replica does not know that it was used. */
    @HostileInput(row = 15, advisory = "CVE-2026-18569")
    @Test
    void a_token_that_was_used_ends_nothing_at_another_replica_that_began_since() {
        String token = token("sid", "1");
        Browser older = facade.signedIn(Applications.PORTFOLIO, "sid");
        facade.restart();
        facade.clock().advance(Duration.ofSeconds(1));
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "sid");

        assertThat(receive(token)).isEqualTo(new Reply.Empty(200));

        assertThat(facade.session(browser, Applications.PORTFOLIO)).contains("Ada");
        assertThat(facade.session(older, Applications.PORTFOLIO)).isEqualTo("null");
    }

    @Test
    void the_question_of_keycloaks_doctor_is_refused_without_a_warning() {
        assertThat(facade.backChannel(Parameters.ofForm("").orElseThrow())).isEqualTo(refused());

        assertThat(facade.events().of(SignOutEvent.LogoutTokenRefused.class)).isEmpty();
    }

    @HostileInput(row = 15, advisory = "CVE-2026-18569")
    @ParameterizedTest
    @ValueSource(strings = {"logout_token=forged", "logout_token=", "logout=1", "id_token=genuine"})
    void refuses_a_token_that_is_not_genuine(String form) {
        token("sid", "1");
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "sid");

        Reply reply = facade.backChannel(Parameters.ofForm(form).orElseThrow());

        assertThat(reply).isEqualTo(refused());
        assertThat(facade.session(browser, Applications.PORTFOLIO)).contains("Ada");
    }

    @HostileInput(row = 15, advisory = "CVE-2026-18569")
    @Test
    void refuses_a_token_for_a_client_that_is_not_an_application() {
        facade.keycloak()
                .issue(
                        "foreign",
                        new LogoutToken(new ClientId("foreign"), Optional.of("sid"), Optional.empty(), "1", now()));

        assertThat(receive("foreign")).isEqualTo(refused());
    }

    @Test
    void answers_503_when_keycloaks_keys_cannot_be_read() {
        String token = token("sid", "1");
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "sid");
        facade.keycloak().goAway();

        assertThat(((Reply.Json) receive(token)).status()).isEqualTo(503);
        assertThat(facade.session(browser, Applications.PORTFOLIO)).contains("Ada");

        facade.keycloak().comeBack();
        assertThat(receive(token)).as("it has not been used").isEqualTo(new Reply.Empty(200));
    }

    @Test
    void counts_while_a_session_is_being_confirmed() {
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "sid");
        facade.clock().advance(Facade.REVALIDATE_AFTER.plusSeconds(1));
        facade.keeper().onAsk(question -> {
            receive(token("sid", "1"));
            return facade.keeper().alive(FakeAuthorizationServer.identity(Applications.PORTFOLIO, "sid"));
        });

        Reply reply =
                facade.answer(Requests.get(Applications.PORTFOLIO, "/session").from(browser));

        assertThat(((Reply.Json) reply).body()).isEqualTo("null");
    }

    private String token(String sid, String id) {
        facade.keycloak()
                .issue("genuine " + id, new LogoutToken(PORTFOLIO, Optional.of(sid), Optional.of(SUBJECT), id, now()));
        return "genuine " + id;
    }

    private Reply receive(String token) {
        return facade.backChannel(
                Parameters.ofForm("logout_token=" + token.replace(' ', '+')).orElseThrow());
    }

    /** Tokens say the second. */
    private Instant now() {
        return facade.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static Reply refused() {
        return new Reply.Json(400, "{\"error\":\"invalid_request\"}");
    }
}
