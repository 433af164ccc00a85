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
 * Sessions that were signed out, until the last copy of their cookie has expired.
 *
 * <p>In memory only: after a restart the facade asks Keycloak what has ended meanwhile ({@link LiveChanges}).
 *
 * <p>The number of entries is limited. Beyond it a new one still counts, and the oldest is forgotten: a copy of that session's
 * cookie is a session again until Keycloak is asked, at the latest after {@code mca.session.revalidate-after}.
 * Entries that Keycloak or the facade made are kept separately from those of the applications, and each application has its
 * own share. So no application can displace the entries of another with invented sessions.
 */
public final class Revocations {

    /** Entries that Keycloak or the facade made, for all clients and for one client each. An entry takes 300 bytes at most. */
    static final int MAX_VOUCHED_FOR = 75_000;

    /** Entries of one holder of keys. */
    static final int MAX_OWN = 10_000;

    /** Entries of all holders of keys. Beyond that, the holder with the most entries loses the oldest. */
    private static final int MAX_OWN_OF_ALL = 50_000;

    private static final int MAX_EMPTIED = 10_000;

    /** In characters. Keycloak's ids have 36. */
    private static final int LONGEST_KEPT = 64;

    /** Within that time, Keycloak's word about the end of a session is about an end that was known here before. */
    private static final Duration SAME_ENDING = Duration.ofMinutes(1);

    private final Newest<String> everywhere;

    /** Sessions that ended at one client only. Not read before the first of them. */
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
        this.everywhere = new Newest<>(MAX_VOUCHED_FOR, kept, clock);
        this.atClient = new Newest<>(MAX_VOUCHED_FOR, kept, clock);
        this.emptied = new Newest<>(MAX_EMPTIED, kept, clock);
        this.own = new Shares(MAX_OWN, MAX_OWN_OF_ALL, kept, clock);
    }

    /**
     * Makes every cookie of the session that was issued up to now worthless, at every application. Only for an id that comes
     * from Keycloak or from a cookie that only the facade can make.
     */
    public void revoke(String sid) {
        everywhere.put(kept(sid));
    }

    /**
     * The same for cookies of sessions that began up to that time: Keycloak may give the same browser the same id again.
     *
     * @return whether this is news: no session with this id has ended within the minute before
     */
    boolean revoke(String sid, Instant upTo) {
        Instant before = everywhere.get(kept(sid));
        everywhere.put(kept(sid), upTo);
        return before == null || before.plus(SAME_ENDING).isBefore(upTo);
    }

    /**
     * The same only for cookies that this holder's keys seal: an application's server can make session cookies, and those
     * count for that application only. Those of a preview's server count for the previews only.
     */
    public void revokeFor(KeyHolder holder, String sid) {
        own.put(holder, kept(sid));
        anyAtClient = true;
    }

    /** The same up to that time, at one client only: others may continue with the same session of Keycloak. */
    public void revokeAt(ClientId client, String sid, Instant upTo) {
        atClient.put(new AtClient(client.value(), Kind.SID, kept(sid)), upTo);
        anyAtClient = true;
    }

    /** Makes every cookie that a user got at one client up to that time worthless. */
    public void revokeAllAt(ClientId client, String subject, Instant upTo) {
        atClient.put(new AtClient(client.value(), Kind.SUBJECT, kept(subject)), upTo);
        anyAtClient = true;
    }

    /** Makes every cookie that was issued at one client up to now worthless. */
    public void revokeEverybodyAt(ClientId client) {
        emptied.put(client.value());
        anyAtClient = true;
    }

    /**
     * Whether the session was signed out. A session that began later is not, even with the same {@code sid}: Keycloak's
     * session survives a sign-out that could not reach Keycloak.
     *
     * @param holder of the keys that sealed the session
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

    /** The id, or the hash of a long one. A hash is longer than any id that is kept as it is, so that none collide. */
    private static String kept(String id) {
        return id.length() <= LONGEST_KEPT ? id : "#" + HexFormat.of().formatHex(Sha256.of(id));
    }

    private static boolean isAfterBegin(Session session, Instant at) {
        return at != null && !session.signedInAt().isAfter(at);
    }
}
