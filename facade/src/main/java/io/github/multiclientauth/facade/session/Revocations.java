package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.wire.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Sessions that were signed out, until the last copy of their cookie has run out.
 *
 * <p>In memory only: after a restart every session is revalidated with Keycloak first, which knows that it is over.
 *
 * <p>There is room for so many. When it is used up, a new one still counts, and the oldest is forgotten: a copy of that
 * session's cookie is a session again until it is revalidated with Keycloak, at the latest after {@code
 * mca.session.revalidate-after}. What Keycloak or the facade vouches for is kept apart from what the applications do, and
 * each of those has a share of its own: none displaces another's with sessions that it makes up.
 */
public final class Revocations {

    /** Of what Keycloak or the facade vouches for, at all clients and at one client each; an entry takes 300 bytes at most. */
    static final int MAX_VOUCHED_FOR = 75_000;

    /** Of what one holder of keys vouches for. */
    static final int MAX_OWN = 10_000;

    /** Of what all of them vouch for: then whoever has the most loses the oldest. */
    private static final int MAX_OWN_OF_ALL = 50_000;

    private static final int MAX_EMPTIED = 10_000;

    /** In characters: Keycloak's ids have 36. */
    private static final int LONGEST_KEPT = 64;

    private final Clock clock;
    private final Instant since;
    private final Newest<String> everywhere;

    /** What ended at one client only. Asked for nothing as long as nothing ever did. */
    private final Newest<AtClient> atClient;

    private final Newest<String> emptied;
    private final Shares own;

    private volatile boolean anyAtClient;

    private record AtClient(String clientId, Kind kind, String id) {}

    private enum Kind {
        SID,
        SUBJECT
    }

    /** @param longest that any session can last */
    public Revocations(Duration longest, Clock clock) {
        Duration kept = longest.plusMinutes(1);
        this.clock = clock;
        this.since = clock.instant();
        this.everywhere = new Newest<>(MAX_VOUCHED_FOR, kept, clock);
        this.atClient = new Newest<>(MAX_VOUCHED_FOR, kept, clock);
        this.emptied = new Newest<>(MAX_EMPTIED, kept, clock);
        this.own = new Shares(MAX_OWN, MAX_OWN_OF_ALL, kept, clock);
    }

    /**
     * Makes every cookie of the session worthless that was issued up to now, at every application: only for what Keycloak or
     * the facade itself vouches for.
     */
    public void revoke(String sid) {
        everywhere.put(kept(sid));
    }

    /**
     * As {@link #revoke}, but for those cookies only that this holder's keys seal: what an application's server vouches for
     * counts for that application, and what a preview's server vouches for counts for the previews.
     */
    public void revokeFor(KeyHolder holder, String sid) {
        own.put(holder, kept(sid));
        anyAtClient = true;
    }

    /** As {@link #revoke}, but at one client: others may go on with the same session of Keycloak. */
    public void revokeAt(ClientId client, String sid) {
        atClient.put(new AtClient(client.value(), Kind.SID, kept(sid)));
        anyAtClient = true;
    }

    /** Makes every cookie worthless that a user got at one client up to now. */
    public void revokeAllAt(ClientId client, String subject) {
        atClient.put(new AtClient(client.value(), Kind.SUBJECT, kept(subject)));
        anyAtClient = true;
    }

    /** Makes every cookie worthless that anybody got at one client up to now. */
    public void revokeEverybodyAt(ClientId client) {
        emptied.put(client.value());
        anyAtClient = true;
    }

    /**
     * Whether the session was signed out. One that began later is another one, even with the same {@code sid}: Keycloak's
     * session outlives a sign-out that could not reach Keycloak.
     *
     * @param holder whose keys sealed the session
     */
    public boolean isRevoked(Session session, KeyHolder holder) {
        String sid = kept(session.identity().sid());
        return isAfterBegin(session, everywhere.get(sid)) || anyAtClient && isRevokedAtClient(session, holder, sid);
    }

    private boolean isRevokedAtClient(Session session, KeyHolder holder, String sid) {
        Identity identity = session.identity();
        String client = identity.clientId();
        return isAfterBegin(session, own.get(holder, sid))
                || isAfterBegin(session, atClient.get(new AtClient(client, Kind.SID, sid)))
                || isAfterBegin(session, atClient.get(new AtClient(client, Kind.SUBJECT, kept(identity.subject()))))
                || isAfterBegin(session, emptied.get(client));
    }

    /** The id, or of a long one its hash, which is longer than an id that is kept as it is: none is taken for another. */
    private static String kept(String id) {
        return id.length() <= LONGEST_KEPT ? id : "#" + HexFormat.of().formatHex(Sha256.of(id));
    }

    private static boolean isAfterBegin(Session session, Instant at) {
        return at != null && !session.signedInAt().isAfter(at);
    }

    /** Whether a revocation could have been forgotten since the session was last checked. */
    public boolean mayHaveForgotten(Session session) {
        return session.checkedAt().getEpochSecond() <= since.getEpochSecond();
    }
}
