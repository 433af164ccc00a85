package io.github.multiclientauth.facade.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.seal.KeyHolder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RevocationsTest {

    private static final KeyHolder PORTFOLIO = KeyHolder.application("portfolio");

    private final MovableClock clock = new MovableClock();
    private final Revocations revocations = new Revocations(Duration.ofDays(30), clock);

    @Test
    void kill_every_session_of_the_sid_that_had_begun() {
        Session before = session("sid");
        clock.advance(Duration.ofMinutes(1));
        revocations.revoke("sid");

        assertThat(revocations.isRevoked(before, PORTFOLIO)).isTrue();
        assertThat(revocations.isRevoked(session("sid"), PORTFOLIO))
                .as("begun in the same moment")
                .isTrue();
        assertThat(revocations.isRevoked(session("other"), PORTFOLIO)).isFalse();
    }

    /** Keycloak's session may outlive a sign-out that could not reach it. */
    @Test
    void let_somebody_sign_in_again_within_the_same_session_of_keycloak() {
        Session before = session("sid");
        clock.advance(Duration.ofMinutes(1));
        revocations.revoke("sid");
        clock.advance(Duration.ofSeconds(1));
        Session after = session("sid");

        assertThat(revocations.isRevoked(after, PORTFOLIO)).isFalse();
        assertThat(revocations.isRevoked(before, PORTFOLIO)).isTrue();
    }

    /** A session cookie is the word of an application's server, which can write any {@code sid} into it. */
    @Test
    void by_an_application_count_for_that_application_only() {
        Session here = session("sid");
        clock.advance(Duration.ofMinutes(1));
        revocations.revokeFor(KeyHolder.application("dashboard"), "sid");
        revocations.revokeFor(KeyHolder.previewsOf("portfolio"), "sid");
        assertThat(revocations.isRevoked(here, PORTFOLIO)).isFalse();
        assertThat(revocations.isRevoked(here, KeyHolder.previewsOf("portfolio")))
                .isTrue();

        revocations.revokeFor(PORTFOLIO, "sid");
        assertThat(revocations.isRevoked(here, PORTFOLIO)).isTrue();
    }

    @Test
    void do_not_depend_on_when_the_session_was_last_checked() {
        Session before = session("sid");
        clock.advance(Duration.ofMinutes(1));
        revocations.revoke("sid");
        clock.advance(Duration.ofMinutes(1));
        Session refreshed = new Session(before.identity(), before.signedInAt(), clock.instant(), Instant.MAX);

        assertThat(revocations.isRevoked(refreshed, PORTFOLIO)).isTrue();
    }

    @Test
    void kill_everybodys_at_one_client() {
        Session before = session("sid");
        clock.advance(Duration.ofMinutes(1));
        revocations.revokeEverybodyAt(new ClientId("other"));
        assertThat(revocations.isRevoked(before, PORTFOLIO)).isFalse();

        revocations.revokeEverybodyAt(new ClientId(before.identity().clientId()));
        clock.advance(Duration.ofSeconds(1));

        assertThat(revocations.isRevoked(before, PORTFOLIO)).isTrue();
        assertThat(revocations.isRevoked(session("sid"), PORTFOLIO))
                .as("signed in again")
                .isFalse();
    }

    @Test
    void may_have_been_forgotten_by_a_restart() {
        Session before = session("sid");
        Revocations restarted = new Revocations(Duration.ofDays(30), clock);
        assertThat(restarted.mayHaveForgotten(before)).isTrue();

        clock.advance(Duration.ofSeconds(1));
        assertThat(restarted.mayHaveForgotten(session("sid"))).isFalse();
        assertThat(restarted.mayHaveForgotten(before)).isTrue();
    }

    private Session session(String sid) {
        return new Session(
                FakeAuthorizationServer.identity(Applications.PORTFOLIO, sid),
                clock.instant(),
                clock.instant(),
                clock.instant().plusSeconds(1800));
    }
}
