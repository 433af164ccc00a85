package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.endpoint.AccessRules;
import io.github.multiclientauth.facade.endpoint.Endpoints;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication.Question;
import io.github.multiclientauth.facade.endpoint.Problems;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.ForwardAuth;
import io.github.multiclientauth.facade.wire.ForwardAuth.Trust;
import io.github.multiclientauth.facade.wire.KnownOrigins;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * {@code GET /api/auth/verify}: forward authentication. Whoever is no trusted proxy gets the answer for a path that does not
 * exist.
 *
 * <p>Envoy keeps the method of the browser's request and puts a prefix before its path. Below the prefix the secret is
 * needed: a browser's own request looks the same.
 */
final class VerifyRoute implements ExtraRoute {

    static final String PATH = Route.BASE_PATH + "/verify";

    private static final String PREFIX = PATH + "/";

    private static final Route ROUTE = new Route("verify", Optional.empty());

    private static final CharSequence SECRET = HttpHeaders.createOptimized("X-Forward-Auth-Secret");

    /** The query in another place: below the prefix the query is the browser's. */
    private static final CharSequence RULES = HttpHeaders.createOptimized("X-Forward-Auth-Rules");

    private final ForwardAuth settings;
    private final ForwardAuthentication authentication;
    private final ClientDirectory directory;
    private final RequestReader reader;
    private final ReplyWriter writer;
    private final Events events;

    VerifyRoute(
            ForwardAuth settings,
            ForwardAuthentication authentication,
            ClientDirectory directory,
            RequestReader reader,
            ReplyWriter writer,
            Events events) {
        this.settings = settings;
        this.authentication = authentication;
        this.directory = directory;
        this.reader = reader;
        this.writer = writer;
        this.events = events;
    }

    /** Whether a path begins with the prefix for Envoy. */
    static boolean isBelow(String path) {
        return path.startsWith(PREFIX);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean serves(HttpServerRequest request, Target target) {
        return !settings.isOff()
                && (isBelow(target.path())
                        || request.method().equals(HttpMethod.GET)
                        || request.method().equals(HttpMethod.HEAD));
    }

    @Override
    public void answer(HttpServerRequest request) {
        Target target = Target.of(request.uri());
        boolean below = isBelow(target.path());
        Trust trust = trust(request);
        if (trust == Trust.NONE || below && trust != Trust.SECRET) {
            refuse(
                    request,
                    trust,
                    request.headers().contains(SECRET)
                            ? "X-Forward-Auth-Secret is wrong"
                            : below
                                    ? "a request below " + PREFIX + " needs the secret"
                                    : "it has no X-Forward-Auth-Secret, and " + peer(request)
                                            + " is not in mca.forward-auth.proxies");
            return;
        }
        try {
            OriginalRequest original = OriginalRequest.read(
                    request.headers(),
                    request.scheme(),
                    request.authority() == null ? null : request.authority().toString(),
                    below ? Optional.of(request.uri().substring(PATH.length())) : Optional.empty(),
                    request.method().name());
            if (!below && request.headers().contains(RULES)) {
                throw new OriginalRequest.UnclearException(RULES + " counts below " + PREFIX + " only");
            }
            AccessRules rules = AccessRules.parse(below ? rules(request) : target.query());
            answer(request, original, rules, trust);
        } catch (OriginalRequest.UnclearException | AccessRules.UnusableException e) {
            refuse(request, trust, e.getMessage());
        }
    }

    private Trust trust(HttpServerRequest request) {
        return request.headers().getAll(SECRET).size() > 1
                ? Trust.NONE
                : settings.of(request.getHeader(SECRET), peer(request));
    }

    /** The address at the other end of the connection, whatever headers and the PROXY protocol say. */
    private static String peer(HttpServerRequest request) {
        SocketAddress peer = request.connection().remoteAddress(true);
        return peer == null ? null : peer.hostAddress();
    }

    private static String rules(HttpServerRequest request) throws OriginalRequest.UnclearException {
        String rules = request.getHeader(RULES);
        if (rules != null && request.headers().getAll(RULES).size() > 1) {
            throw new OriginalRequest.UnclearException(RULES + " is there twice");
        }
        return rules == null ? "" : rules;
    }

    private void answer(HttpServerRequest http, OriginalRequest original, AccessRules rules, Trust trust)
            throws OriginalRequest.UnclearException {
        DirectorySnapshot snapshot = directory.snapshot();
        Recognition recognition = snapshot.recognizeHost(original.origin());
        Optional<Recognized> recognized = recognition.recognized();
        if (recognized.isEmpty()) {
            unrecognised(http, original, recognition);
            return;
        }
        for (String other : original.others()) {
            if (namesAnother(other, recognized.get(), snapshot)) {
                throw new OriginalRequest.UnclearException("the headers name two applications: "
                        + recognized.get().application().clientId() + ", and that of the host " + other);
            }
        }
        AuthRequest request = reader.ofProxy(http, ROUTE, recognized.get());
        Question question = new Question(
                request,
                original.target(),
                original.isGet() && navigates(request.client()),
                rules,
                trust == Trust.SECRET);
        try {
            CompletableFuture<Reply> answer = authentication.answer(question).toCompletableFuture();
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                writer.write(http, answer.join(), false);
                return;
            }
            // Back on the event loop, whichever thread completes it.
            Future.fromCompletionStage(answer, Vertx.currentContext())
                    .onSuccess(reply -> writer.write(http, reply, false))
                    .onFailure(failure -> fail(http, request, failure));
        } catch (RuntimeException e) {
            fail(http, request, e);
        }
    }

    /** The host is tried with either scheme: a browser may have written that, too. A preview and its application are two. */
    private static boolean namesAnother(String host, Recognized recognized, DirectorySnapshot snapshot) {
        return Stream.of("https", "http")
                .flatMap(scheme -> KnownOrigins.parse(scheme + "://" + host).stream())
                .flatMap(origin -> snapshot.recognizeHost(origin).recognized().stream())
                .anyMatch(other -> other.isPreview() != recognized.isPreview()
                        || !other.application()
                                .clientId()
                                .equals(recognized.application().clientId()));
    }

    /** Browsers without Fetch Metadata are those of plain http, and old ones. */
    private static boolean navigates(AuthRequest.ClientHints client) {
        return client.hasFetchMetadata() ? client.isNavigation() : client.acceptsHtml() && !client.speculative();
    }

    private void unrecognised(HttpServerRequest http, OriginalRequest original, Recognition recognition) {
        Reference reference = reader.newReference();
        Recognition.Reason reason = recognition.match(
                recognized -> {
                    throw new IllegalArgumentException("An application is recognised");
                },
                Recognition.Refused::reason);
        String origin = original.origin().toString();
        events.report(new RequestEvent.Unrecognised(reference, reason, origin, origin, "", false));
        writer.write(http, Problems.unrecognised(reason, reference, Problems.Audience.CLIENT), false);
    }

    private void refuse(HttpServerRequest request, Trust trust, String why) {
        events.report(new RequestEvent.ProxyRefused(
                reader.newReference(), trust != Trust.NONE, ClientNetwork.of(request.remoteAddress()), why));
        writer.write(request, Endpoints.badRequest(), false);
    }

    private void fail(HttpServerRequest http, AuthRequest request, Throwable failure) {
        events.report(new RequestEvent.Failed(request.reference(), failure));
        if (!http.response().headWritten()) {
            http.response().headers().clear();
            writer.write(http, Problems.failure(request.reference(), Problems.Audience.CLIENT), false);
        }
    }
}
