package io.github.multiclientauth.extension.session;

import io.github.multiclientauth.extension.endpoint.Exchange;
import io.github.multiclientauth.extension.endpoint.NeededRole;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The endpoint {@code sessions/{sid}/siblings}: the sessions of the user who has the session {@code sid} at an application.
 * Public, since Keycloak calls it.
 *
 * <p>All methods have the parameters {@code client}, the application, and {@code confirmedAt}, as in a question. With
 * {@code only=client} they are about sessions in which the application takes part, and no others. They answer 404 unless the
 * session {@code sid} is alive at that application; 400 if a parameter is malformed, or one of the first two is missing; 401
 * without a valid access token of the realm; 403 without the role; 503 if too many run.
 */
public final class SiblingsEndpoint {

    /**
     * How long a request ends sessions. One that is begun in time is finished. Shorter than a facade waits for the answer;
     * it asks again for those that are left.
     */
    private static final Duration LIMIT = Batch.LIMIT;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** The value of {@code only}. */
    private static final String CLIENT = "client";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final Exchange exchange;
    private final KeycloakSession session;
    private final RecentChanges changes;
    private final Semaphore running;
    private final String sid;

    /**
     * @param running how many may run at the same time on this server
     * @param sid as in the path
     */
    SiblingsEndpoint(KeycloakSession session, RecentChanges changes, Semaphore running, String sid) {
        this.exchange = new Exchange(session);
        this.session = session;
        this.changes = changes;
        this.running = running;
        this.sid = sid;
    }

    /**
     * Lists the user's sessions.
     *
     * @return 200 with the sessions that were used last, the one that asks first, and with the number of the others
     */
    @GET
    public Response list(
            @QueryParam("client") String client,
            @QueryParam("confirmedAt") String confirmedAt,
            @QueryParam("only") String only) {
        return answer(
                client,
                confirmedAt,
                only,
                asking -> siblings(session, asking, only).map(siblings -> {
                    List<Sibling> listed = siblings.list();
                    return json(SiblingsJson.listed(listed, siblings.ids().size() - listed.size()));
                }));
    }

    /**
     * Ends all of the user's sessions but the one that asks, as far as there is time.
     *
     * @return 200 with the ids of those that have ended and the number of those that are left
     */
    @DELETE
    public Response endOthers(
            @QueryParam("client") String client,
            @QueryParam("confirmedAt") String confirmedAt,
            @QueryParam("only") String only) {
        return answer(
                client,
                confirmedAt,
                only,
                asking -> siblings(session, asking, only).map(siblings -> endOthers(asking, only, siblings.ids())));
    }

    /**
     * Ends one of the user's other sessions, for all its applications.
     *
     * @return 204; 404 also if the user has no such session, or no longer
     */
    @DELETE
    @Path("{other}")
    public Response end(
            @PathParam("other") String other,
            @QueryParam("client") String client,
            @QueryParam("confirmedAt") String confirmedAt,
            @QueryParam("only") String only) {
        return answer(
                client,
                confirmedAt,
                only,
                asking -> siblings(session, asking, only)
                        .filter(siblings -> Element.isSid(other) && siblings.end(other))
                        .map(ended -> exchange.uncached(exchange.empty(Response.Status.NO_CONTENT))));
    }

    private Optional<Siblings> siblings(KeycloakSession in, Question asking, String only) {
        return Siblings.of(in, changes, asking, CLIENT.equals(only));
    }

    private Response answer(
            String client, String confirmedAt, String only, Function<Question, Optional<Response>> answer) {
        return exchange.ifPermitted(NeededRole.SESSIONS, () -> {
            if (client == null
                    || !Element.isClient(client)
                    || !Element.isSid(sid)
                    || confirmedAt == null
                    || !SECONDS.matcher(confirmedAt).matches()
                    || only != null && !only.equals(CLIENT)) {
                return exchange.uncached(exchange.empty(Response.Status.BAD_REQUEST));
            }
            if (!running.tryAcquire()) {
                return exchange.tryAgainAfter(PAUSE);
            }
            try {
                return answer.apply(new Question(client, sid, Long.parseLong(confirmedAt), false))
                        .orElseGet(() -> exchange.uncached(exchange.empty(Response.Status.NOT_FOUND)));
            } finally {
                running.release();
            }
        });
    }

    /** Each in a transaction of its own: what has ended stays ended, whatever happens to the others. */
    private Response endOthers(Question asking, String only, List<String> ids) {
        List<String> others = ids.stream().filter(id -> !id.equals(sid)).toList();
        List<String> ended = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        int left = 0;
        long end = System.nanoTime() + LIMIT.toNanos();
        for (String other : others) {
            if (System.nanoTime() - end >= 0) {
                left++;
            } else {
                try {
                    if (inTransaction(asking, only, other)) {
                        ended.add(other);
                    }
                } catch (RuntimeException failed) {
                    failures.add(failed);
                    left++;
                }
            }
        }
        if (!failures.isEmpty()) {
            String realm = session.getContext().getRealm().getName();
            SessionsLog.LOG.notEnded(failures.size(), others.size(), realm, failures.get(0));
        }
        return json(SiblingsJson.ended(ended, left));
    }

    private boolean inTransaction(Question asking, String only, String other) {
        AtomicBoolean ended = new AtomicBoolean();
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                inner -> ended.set(siblings(inner, asking, only)
                        .filter(siblings -> siblings.end(other))
                        .isPresent()));
        return ended.get();
    }

    private Response json(String document) {
        return exchange.uncached(Response.ok(document, MediaType.APPLICATION_JSON_TYPE));
    }
}
