package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.oidc.SiblingSessions;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Asker;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Ending;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Listing;
import io.github.multiclientauth.facade.oidc.SiblingSessions.Sibling;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Sha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Lists and ends the sessions of the person who is signed in. For each session that asks, one list is made at a time, and one
 * ending. Whoever asks for the same meanwhile shares the answer. Another ending is refused: requests choose what they end,
 * and one person must not have all threads.
 *
 * <p>What ends here is worthless at this replica at once, and at the others when they hear of it from Keycloak.
 */
public final class OwnSessions {

    /** As many as a UUID has. More would only be longer. */
    private static final int ID_BYTES = 16;

    /** What names a session. Nothing else is looked for. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{" + 2 * ID_BYTES + "}");

    private final SiblingSessions keycloak;
    private final Revocations revocations;
    private final Executor executor;
    private final Map<Key, Running<Listing>> lists = new ConcurrentHashMap<>();
    private final Map<Key, Running<Ending>> endings = new ConcurrentHashMap<>();

    /** The session that asks. A preview of the application gets another list. */
    private record Key(ClientId client, String sid, boolean ofClientOnly) {
        Key(Asker asking) {
            this(asking.client(), asking.sid(), asking.ofClientOnly());
        }
    }

    /** @param id of the session to end; empty for a list, and for the end of all others */
    private record Running<T>(Optional<String> id, CompletableFuture<T> answer) {}

    /** @param executor runs what waits for Keycloak */
    public OwnSessions(SiblingSessions keycloak, Revocations revocations, Executor executor) {
        this.keycloak = keycloak;
        this.revocations = revocations;
        this.executor = executor;
    }

    /**
     * The id by which pages name a session. It says nothing to anybody without the session that it was made for: Keycloak's
     * own ids are random and stay on servers.
     *
     * @param asking the session of the request
     */
    public static String id(Session asking, String sid) {
        byte[] hash = Sha256.of("own-session " + asking.identity().sid() + " " + sid);
        return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
    }

    /** Lists the sessions. At a preview, only those in which the application takes part. */
    public CompletableFuture<Listing> list(AuthRequest request, Session session) {
        Asker asking = asker(request, session);
        return once(lists, new Key(asking), Optional.empty(), () -> keycloak.list(asking), Listing.Unlisted::new);
    }

    /**
     * Ends one of the other sessions.
     *
     * @param id as {@link #id} has made it. With anything else there is no such session
     */
    public CompletableFuture<Ending> end(AuthRequest request, Session session, String id) {
        if (!ID.matcher(id).matches()) {
            return CompletableFuture.completedFuture(new Ending.Gone());
        }
        Asker asking = asker(request, session);
        return once(
                endings,
                new Key(asking),
                Optional.of(id),
                () -> ended(asking, end(asking, session, id)),
                Ending.Failed::new);
    }

    /** Ends all other sessions. At a preview, only those in which the application takes part. */
    public CompletableFuture<Ending> endOthers(AuthRequest request, Session session) {
        Asker asking = asker(request, session);
        return once(
                endings,
                new Key(asking),
                Optional.empty(),
                () -> ended(asking, keycloak.endOthers(asking)),
                Ending.Failed::new);
    }

    private Ending end(Asker asking, Session session, String id) {
        return keycloak.list(asking)
                .match(
                        listed -> named(listed.sessions(), session, id)
                                .map(found -> keycloak.end(asking, found.sid()))
                                .orElseGet(Ending.Gone::new),
                        over -> new Ending.Gone(),
                        unlisted -> new Ending.Failed(unlisted.reason()));
    }

    private static Optional<Sibling> named(List<Sibling> siblings, Session session, String id) {
        return siblings.stream()
                .filter(sibling -> id(session, sibling.sid()).equals(id))
                .findFirst();
    }

    private Ending ended(Asker asking, Ending ending) {
        // A list that is being made may still have what has ended.
        lists.remove(new Key(asking.client(), asking.sid(), true));
        lists.remove(new Key(asking.client(), asking.sid(), false));
        ending.match(
                ended -> {
                    ended.sids().forEach(revocations::revoke);
                    return null;
                },
                gone -> null,
                failed -> null);
        return ending;
    }

    /** What runs at a preview is trusted less than the application: anybody may have proposed it. */
    private static Asker asker(AuthRequest request, Session session) {
        return new Asker(
                request.application().clientId(),
                session.identity().sid(),
                session.checkedAt(),
                request.recognized().isPreview());
    }

    private <T> CompletableFuture<T> once(
            Map<Key, Running<T>> running, Key key, Optional<String> id, Supplier<T> work, Function<String, T> failure) {
        Running<T> own = new Running<>(id, new CompletableFuture<>());
        Running<T> other = running.putIfAbsent(key, own);
        if (other != null) {
            return other.id().equals(id)
                    ? other.answer()
                    : CompletableFuture.completedFuture(
                            failure.apply("another request of the same session was still ending sessions"));
        }
        try {
            executor.execute(() -> {
                try {
                    T answer = work.get();
                    running.remove(key, own);
                    own.answer().complete(answer);
                } catch (RuntimeException | Error e) {
                    running.remove(key, own);
                    own.answer().completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            running.remove(key, own);
            own.answer().complete(failure.apply(e.getMessage()));
        }
        return own.answer();
    }
}
