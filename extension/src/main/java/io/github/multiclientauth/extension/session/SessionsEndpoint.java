package io.github.multiclientauth.extension.session;

import io.github.multiclientauth.extension.endpoint.Exchange;
import io.github.multiclientauth.extension.endpoint.NeededRole;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The endpoint {@code sessions}. Public, since Keycloak calls it. */
public final class SessionsEndpoint {

    /** How many bytes a request may have: 500 questions, each with a long client id. */
    static final int LONGEST = 256 * 1024;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Exchange exchange;
    private final KeycloakSession session;
    private final RecentChanges changes;
    private final Semaphore running;
    private final Semaphore lists;

    /**
     * @param running how many may run at the same time on this server
     * @param lists how many requests about the sessions of one user may
     */
    SessionsEndpoint(KeycloakSession session, RecentChanges changes, Semaphore running, Semaphore lists) {
        this.exchange = new Exchange(session);
        this.session = session;
        this.changes = changes;
        this.running = running;
        this.lists = lists;
    }

    /**
     * Confirms sessions, and tells what their ID tokens would say now.
     *
     * @return 200 with a verdict for each element; 400 if the body is no list of 1 to 500; 401 without a valid access
     *     token of the realm; 403 without the role; 413 for more than {@link #LONGEST} bytes; 415 if it is no JSON; 503
     *     if too many run
     */
    @POST
    public Response confirm(InputStream body) {
        return exchange.ifPermitted(
                NeededRole.SESSIONS,
                () -> isJson()
                        ? limited(
                                body,
                                bytes -> SessionsJson.read(bytes)
                                        .map(this::answer)
                                        .orElseGet(() -> plain(Response.Status.BAD_REQUEST)))
                        : unsupported());
    }

    /**
     * Issues an access token of a session. That does not keep the session from becoming idle.
     *
     * @return 200 with the token; 404 if there is no such session, or this client is not in it; 409 with a reason if the
     *     session is over, or the client's settings allow no token; 400, 401, 413, 415 and 503 as above; 403 without the
     *     role for tokens
     */
    @POST
    @Path("{sid}/token")
    public Response token(@PathParam("sid") String sid, InputStream body) {
        return exchange.ifPermitted(
                NeededRole.TOKENS,
                () -> isJson()
                        ? limited(
                                body,
                                bytes -> SessionsJson.readTokenQuestion(sid, bytes)
                                        .map(this::issue)
                                        .orElseGet(() -> plain(Response.Status.BAD_REQUEST)))
                        : unsupported());
    }

    private Response issue(TokenQuestion question) {
        // Before the check: what ends after that is later than this token.
        long now = Time.currentTimeMillis();
        AtomicReference<TokenAnswer> answer = new AtomicReference<>();
        try {
            inTransactionOfItsOwn(inner -> answer.set(new TokenIssue(inner, changes).answer(question)));
        } catch (RuntimeException failed) {
            SessionsLog.LOG.noToken(question.question().client(), realmName(), failed);
            return plain(Response.Status.INTERNAL_SERVER_ERROR);
        }
        return written(now, answer.get());
    }

    private Response written(long now, TokenAnswer answer) {
        if (answer instanceof TokenAnswer.Issued issued) {
            return json(Response.Status.OK, SessionsJson.write(now, issued));
        }
        if (answer instanceof TokenAnswer.Ended ended) {
            return json(Response.Status.CONFLICT, SessionsJson.refusal(ended.reason(), true));
        }
        if (answer instanceof TokenAnswer.Refused refused) {
            return json(Response.Status.CONFLICT, SessionsJson.refusal(refused.reason(), false));
        }
        return plain(Response.Status.NOT_FOUND);
    }

    private Response json(Response.Status status, String body) {
        return exchange.uncached(Response.status(status).entity(body).type(MediaType.APPLICATION_JSON_TYPE));
    }

    /**
     * Signs out: ends a session for all its applications, or says where the browser ends it.
     *
     * @param client the application where the person signs out
     * @param returnTo where the browser goes in the end; {@code null} if it cannot go to Keycloak first
     * @return 204; 200 with {@code endAt} if the browser has to go there; 404 if there is no such session, or this client
     *     is not in it; 400 without a client; 401 and 403 as above
     */
    @DELETE
    @Path("{sid}")
    public Response end(
            @PathParam("sid") String sid,
            @QueryParam("client") String client,
            @QueryParam("returnTo") String returnTo) {
        return exchange.ifPermitted(NeededRole.SESSIONS, () -> {
            if (client == null || !Element.isClient(client) || !Element.isSid(sid)) {
                return plain(Response.Status.BAD_REQUEST);
            }
            Optional<ClientModel> application = new SessionCheck(session, changes).application(client);
            Optional<String> inBrowser = Optional.ofNullable(returnTo)
                    .flatMap(address ->
                            application.flatMap(found -> new SignOutInBrowser(session, found).address(sid, address)));
            if (inBrowser.isPresent()) {
                return json(Response.Status.OK, SessionsJson.endAt(inBrowser.get()));
            }
            boolean ended = application
                    .filter(found -> new SignOut(session, found).end(sid))
                    .isPresent();
            return plain(ended ? Response.Status.NO_CONTENT : Response.Status.NOT_FOUND);
        });
    }

    /** The sessions of the user who has this session. */
    @Path("{sid}/siblings")
    public SiblingsEndpoint siblings(@PathParam("sid") String sid) {
        return new SiblingsEndpoint(session, changes, lists, sid);
    }

    private boolean isJson() {
        return exchange.header(HttpHeaders.CONTENT_TYPE).stream().anyMatch(SessionsEndpoint::isJson);
    }

    private static boolean isJson(String type) {
        try {
            return MediaType.APPLICATION_JSON_TYPE.isCompatible(MediaType.valueOf(type));
        } catch (IllegalArgumentException noType) {
            return false;
        }
    }

    private Response limited(InputStream body, Function<byte[], Response> answer) {
        if (!running.tryAcquire()) {
            return exchange.tryAgainAfter(PAUSE);
        }
        try {
            byte[] bytes = body.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                return plain(Response.Status.REQUEST_ENTITY_TOO_LARGE);
            }
            return answer.apply(bytes);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        } finally {
            running.release();
        }
    }

    private Response answer(List<Element> elements) {
        // Before the first check: what ends after that is later than this confirmation.
        long now = Time.currentTimeMillis();
        List<Verdict> verdicts = new Batch(this::inTransaction, System::nanoTime).answer(elements);
        report(verdicts);
        return json(Response.Status.OK, SessionsJson.write(now, verdicts));
    }

    /** In a transaction beside that of the request, which could not be repeated. */
    private void inTransaction(Consumer<Function<Question, Verdict>> task) {
        inTransactionOfItsOwn(inner -> task.accept(new SessionCheck(inner, changes)::check));
    }

    private void inTransactionOfItsOwn(Consumer<KeycloakSession> task) {
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), session.getContext(), inner -> {
            task.accept(inner);
            if (inner.getTransactionManager().getRollbackOnly()) {
                throw new IllegalStateException("The transaction cannot be committed");
            }
        });
    }

    /** One line for a request, however many elements have failed. */
    private void report(List<Verdict> verdicts) {
        List<Verdict.Failed> failed = verdicts.stream()
                .filter(Verdict.Failed.class::isInstance)
                .map(Verdict.Failed.class::cast)
                .toList();
        Optional.of(failed)
                .filter(list -> !list.isEmpty())
                .ifPresent(list -> SessionsLog.LOG.failed(
                        list.size(), verdicts.size(), realmName(), list.get(0).cause()));
    }

    private String realmName() {
        return session.getContext().getRealm().getName();
    }

    private Response unsupported() {
        return plain(Response.Status.UNSUPPORTED_MEDIA_TYPE);
    }

    private Response plain(Response.Status status) {
        return exchange.uncached(exchange.empty(status));
    }
}
