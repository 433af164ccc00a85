package io.github.multiclientauth.extension.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.Fake;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;

class SessionTimesTest {

    private static final int STARTED = 1_764_466_200;

    @Test
    void a_confirmation_counts_from_its_time() {
        assertThat(issuedAt(STARTED + 60)).isEqualTo(STARTED + 60);
    }

    /** Otherwise Keycloak would end a session that is seconds old, if the facade's clock is behind. */
    @Test
    void a_confirmation_shortly_before_the_start_counts_from_the_start() {
        assertThat(issuedAt(STARTED - 1)).isEqualTo(STARTED);
        assertThat(issuedAt(STARTED - 300)).isEqualTo(STARTED);
    }

    /** Keycloak may give a browser the id of its former session again, to another person. */
    @Test
    void a_confirmation_long_before_the_start_is_one_of_another_session() {
        assertThat(issuedAt(STARTED - 301)).isEqualTo(STARTED - 301);
    }

    /** A time in the future would make not-before without effect. */
    @Test
    void a_confirmation_in_the_future_counts_from_now() {
        long now = System.currentTimeMillis() / 1000;

        assertThat(issuedAt(now + 1_000)).isBetween(now, now + 60);
    }

    private static long issuedAt(long confirmedAt) {
        UserSessionModel userSession = Fake.of(UserSessionModel.class)
                .answering("getStarted", STARTED - 10)
                .build();
        AuthenticatedClientSessionModel clientSession = Fake.of(AuthenticatedClientSessionModel.class)
                .answering("getStarted", STARTED)
                .build();
        return new SessionTimes(userSession, clientSession).issuedAt(confirmedAt);
    }
}
