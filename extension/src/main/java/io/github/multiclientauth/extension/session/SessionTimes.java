package io.github.multiclientauth.extension.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.stream.LongStream;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.SessionExpirationUtils;

/** The times of one application's part of a session, in seconds of Keycloak's clock. */
record SessionTimes(UserSessionModel userSession, AuthenticatedClientSessionModel clientSession) {

    /**
     * How much earlier than the session's start a confirmation may be. Facades of the version before noted it by their
     * own clock.
     */
    private static final long CLOCK_DIFFERENCE = 300;

    /**
     * The time from which a refresh token would be, were it issued with the last confirmation. It is never before the
     * start of the session only because a clock is off, and never in the future. If the confirmation is older than that,
     * it was one of an earlier session with the same id: Keycloak then refuses the token.
     */
    long issuedAt(long confirmedAt) {
        long started = Math.max(userSession.getStarted(), clientSession.getStarted());
        long issuedAt = confirmedAt < started - CLOCK_DIFFERENCE ? confirmedAt : Math.max(confirmedAt, started);
        return Math.min(issuedAt, now());
    }

    private static int now() {
        return (int) MILLISECONDS.toSeconds(Time.currentTimeMillis());
    }

    /** Keeps the session from becoming idle, as a refresh does. */
    // Keycloak 26.0 has no other way to set and read the time, 26.7 has deprecated this one.
    @SuppressWarnings("removal")
    void extend() {
        int now = now();
        clientSession.setTimestamp(now);
        userSession.setLastSessionRefresh(now);
    }

    /** When the session ends if nobody uses it: the earliest of the ends that realm and client set. */
    @SuppressWarnings("removal")
    long end() {
        RealmModel realm = userSession.getRealm();
        ClientModel client = clientSession.getClient();
        boolean offline = userSession.isOffline();
        boolean remembered = userSession.isRememberMe();
        long started = SECONDS.toMillis(userSession.getStarted());
        return MILLISECONDS.toSeconds(LongStream.of(
                        SessionExpirationUtils.calculateUserSessionIdleTimestamp(
                                offline, remembered, SECONDS.toMillis(userSession.getLastSessionRefresh()), realm),
                        SessionExpirationUtils.calculateUserSessionMaxLifespanTimestamp(
                                offline, remembered, started, realm),
                        SessionExpirationUtils.calculateClientSessionIdleTimestamp(
                                offline, remembered, SECONDS.toMillis(clientSession.getTimestamp()), realm, client),
                        SessionExpirationUtils.calculateClientSessionMaxLifespanTimestamp(
                                offline,
                                remembered,
                                SECONDS.toMillis(clientSession.getStarted()),
                                started,
                                realm,
                                client))
                // -1 is a maximum that is not set. There is always an idle time.
                .filter(end -> end > 0)
                .min()
                .orElseThrow());
    }
}
