package io.github.multiclientauth.facade.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.KeyHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RevocationsTest {

    private static final KeyHolder PORTFOLIO = KeyHolder.application("portfolio");

    private final MovableClock clock = new MovableClock();
    private final Revocations revocations = new Revocations(Duration.ofDays(30), clock);

    @Test
    void end_every_session_with_that_sid_that_began_before() {
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
    void allow_a_new_sign_in_within_the_same_keycloak_session() {
        Session before = session("sid");
        clock.advance(Duration.ofMinutes(1));
        revocations.revoke("sid");
        clock.advance(Duration.ofSeconds(1));
        Session after = session("sid");

        assertThat(revocations.isRevoked(after, PORTFOLIO)).isFalse();
        assertThat(revocations.isRevoked(before, PORTFOLIO)).isTrue();
    }

    /** An application's server can write any {@code sid} into a session cookie. */
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
    void end_all_sessions_at_one_client() {
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

    /** Its server can seal as many cookies as it likes and sign each of them out. */
    @Test
    void of_one_application_do_not_displace_others() {
        KeyHolder quiet = KeyHolder.application("quiet");
        revocations.revoke("everywhere");
        revocations.revokeAt(new ClientId("portfolio"), "at the client", clock.instant());
        revocations.revokeAllAt(new ClientId("portfolio"), "subject", clock.instant());
        revocations.revokeEverybodyAt(new ClientId("emptied"));
        revocations.revokeFor(quiet, "own");
        for (int holder = 0; holder < 10; holder++) {
            KeyHolder loud = KeyHolder.application("loud " + holder);
            for (int i = 0; i < Revocations.MAX_OWN; i++) {
                revocations.revokeFor(loud, "sid " + i);
            }
        }

        assertThat(revocations.isRevoked(session("everywhere"), PORTFOLIO)).isTrue();
        assertThat(revocations.isRevoked(session("at the client"), PORTFOLIO)).isTrue();
        assertThat(revocations.isRevoked(session("x", "subject", "portfolio"), PORTFOLIO))
                .isTrue();
        assertThat(revocations.isRevoked(session("x", "other", "emptied"), PORTFOLIO))
                .isTrue();
        assertThat(revocations.isRevoked(session("own"), quiet)).isTrue();
    }

    @Test
    void count_when_they_are_new_and_the_oldest_are_dropped_first() {
        for (int i = 0; i <= Revocations.MAX_OWN; i++) {
            revocations.revokeFor(PORTFOLIO, "own " + i);
            assertThat(revocations.isRevoked(session("own " + i), PORTFOLIO)).isTrue();
        }
        for (int i = 0; i <= Revocations.MAX_VOUCHED_FOR; i++) {
            revocations.revoke("sid " + i);
            revocations.revokeAt(new ClientId("portfolio"), "at client " + i, clock.instant());
            assertThat(revocations.isRevoked(session("sid " + i), PORTFOLIO)).isTrue();
            assertThat(revocations.isRevoked(session("at client " + i), PORTFOLIO))
                    .isTrue();
        }

        for (String forgotten : List.of("own 0", "sid 0", "at client 0")) {
            assertThat(revocations.isRevoked(session(forgotten), PORTFOLIO)).isFalse();
        }
        for (String kept : List.of("own 1", "sid 1", "at client 1")) {
            assertThat(revocations.isRevoked(session(kept), PORTFOLIO)).isTrue();
        }
    }

    /** A person with a copy of one cookie can sign out any number of times. */
    @Test
    void of_one_session_take_one_place_however_often_they_come() {
        revocations.revoke("first");
        revocations.revokeFor(PORTFOLIO, "own");
        for (int i = 0; i <= Revocations.MAX_VOUCHED_FOR; i++) {
            revocations.revoke("again");
            revocations.revokeFor(PORTFOLIO, "again");
        }

        assertThat(revocations.isRevoked(session("first"), PORTFOLIO)).isTrue();
        assertThat(revocations.isRevoked(session("own"), PORTFOLIO)).isTrue();
    }

    @Test
    void distinguish_long_sids() {
        String same = "x".repeat(500);
        revocations.revokeFor(PORTFOLIO, same + 1);
        revocations.revokeAt(new ClientId("portfolio"), same + 2, clock.instant());

        assertThat(revocations.isRevoked(session(same + 1), PORTFOLIO)).isTrue();
        assertThat(revocations.isRevoked(session(same + 2), PORTFOLIO)).isTrue();
        assertThat(revocations.isRevoked(session(same + 3), PORTFOLIO)).isFalse();
    }

    private Session session(String sid, String subject, String client) {
        Identity identity = new Identity(
                subject,
                sid,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                client,
                false);
        return new Session(
                identity, clock.instant(), clock.instant(), clock.instant().plusSeconds(1800));
    }

    private Session session(String sid) {
        return new Session(
                FakeAuthorizationServer.identity(Applications.PORTFOLIO, sid),
                clock.instant(),
                clock.instant(),
                clock.instant().plusSeconds(1800));
    }
}
