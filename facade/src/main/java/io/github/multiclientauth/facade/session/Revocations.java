package io.github.multiclientauth.facade.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.KeyHolder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Sessions that were signed out, until the last copy of their cookie has run out.
 *
 * <p>In memory only: after a restart every session is revalidated with Keycloak first, which knows that it is over.
 */
public final class Revocations {

    /** Entries; about 200 bytes each. The oldest go first, and their sessions are still dead at Keycloak. */
    private static final int MAX_KEPT = 1_000_000;

    private final Clock clock;
    private final Instant since;
    private final Cache<String, Instant> revokedAt;

    /** What ended at one client only. Asked for nothing as long as nothing ever did. */
    private final Cache<AtClient, Instant> revokedAtClient;

    private volatile boolean anyAtClient;

    /** @param whose a client id, or a holder of keys for {@link Kind#OWN_SID} */
    private record AtClient(String whose, Kind kind, String id) {}

    private enum Kind {
        SID,
        OWN_SID,
        SUBJECT,
        EVERYBODY
    }

    /** @param longest that any session can last */
    public Revocations(Duration longest, Clock clock) {
        this.clock = clock;
        this.since = clock.instant();
        this.revokedAt = cache(longest);
        this.revokedAtClient = cache(longest);
    }

    private static <K> Cache<K, Instant> cache(Duration longest) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_KEPT)
                .expireAfterWrite(longest.plusMinutes(1))
                // Tidied up by whoever uses it: every read of a session does, and must not wake another thread for
                // that.
                .executor(Runnable::run)
                .build();
    }

    /**
     * Makes every cookie of the session worthless that was issued up to now, at every application: only for what Keycloak or
     * the facade itself vouches for.
     */
    public void revoke(String sid) {
        revokedAt.put(sid, clock.instant());
    }

    /**
     * As {@link #revoke}, but for those cookies only that this holder's keys seal: what an application's server vouches for
     * counts for that application, and what a preview's server vouches for counts for the previews.
     */
    public void revokeFor(KeyHolder holder, String sid) {
        put(new AtClient(holder.name(), Kind.OWN_SID, sid));
    }

    /** As {@link #revoke}, but at one client: others may go on with the same session of Keycloak. */
    public void revokeAt(ClientId client, String sid) {
        put(new AtClient(client.value(), Kind.SID, sid));
    }

    /** Makes every cookie worthless that a user got at one client up to now. */
    public void revokeAllAt(ClientId client, String subject) {
        put(new AtClient(client.value(), Kind.SUBJECT, subject));
    }

    /** Makes every cookie worthless that anybody got at one client up to now. */
    public void revokeEverybodyAt(ClientId client) {
        put(new AtClient(client.value(), Kind.EVERYBODY, ""));
    }

    private void put(AtClient key) {
        revokedAtClient.put(key, clock.instant());
        anyAtClient = true;
    }

    /**
     * Whether the session was signed out. One that began later is another one, even with the same {@code sid}: Keycloak's
     * session outlives a sign-out that could not reach Keycloak.
     *
     * @param holder whose keys sealed the session
     */
    public boolean isRevoked(Session session, KeyHolder holder) {
        Identity identity = session.identity();
        return isAfterBegin(session, revokedAt.getIfPresent(identity.sid()))
                || anyAtClient
                        && (isRevoked(session, holder.name(), Kind.OWN_SID, identity.sid())
                                || isRevoked(session, Kind.SID, identity.sid())
                                || isRevoked(session, Kind.SUBJECT, identity.subject())
                                || isRevoked(session, Kind.EVERYBODY, ""));
    }

    private boolean isRevoked(Session session, Kind kind, String id) {
        return isRevoked(session, session.identity().clientId(), kind, id);
    }

    private boolean isRevoked(Session session, String whose, Kind kind, String id) {
        return isAfterBegin(session, revokedAtClient.getIfPresent(new AtClient(whose, kind, id)));
    }

    private static boolean isAfterBegin(Session session, Instant at) {
        return at != null && !session.signedInAt().isAfter(at);
    }

    /** Whether a revocation could have been forgotten since the session was last checked. */
    public boolean mayHaveForgotten(Session session) {
        return session.checkedAt().getEpochSecond() <= since.getEpochSecond();
    }
}
