package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.RequestEvent.Refusal;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.session.OwnSessions;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.signin.SignInFlow;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.Csrf;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** All endpoints of the contract, and what every request goes through before its endpoint answers. */
public final class Endpoints {

    private static final Reply BAD_REQUEST = new Reply.Json(400, "\"Bad request.\"");
    private static final String BAD_CALLBACK_URL = "{\"message\":\"The callbackUrl cannot be used.\"}";
    private static final String LONG_CALLBACK_URL =
            "{\"message\":\"The callbackUrl is longer than " + CallbackUrl.MAX_LENGTH + " characters.\"}";

    private final RoutingTable table;
    private final ApplicationSeals seals;
    private final Csrf csrf;
    private final Events events;

    /**
     * @param executor runs what may block
     * @param clock that of Keycloak
     */
    public Endpoints(
            ApplicationSeals seals,
            Csrf csrf,
            SessionReads sessions,
            OwnSessions ownSessions,
            SignInFlow signIn,
            SignOut signOut,
            TokenFlow tokens,
            Executor executor,
            Clock clock,
            Events events) {
        this.seals = seals;
        this.csrf = csrf;
        this.events = events;
        this.table = new RoutingTable(List.of(
                new CsrfEndpoint(),
                new ProvidersEndpoint(),
                new SessionEndpoint(sessions),
                new SignInEndpoint(signIn.signIn(), executor, events),
                new CallbackEndpoint(signIn.callback()),
                new SignOutEndpoint(signOut),
                new TokenEndpoint(sessions, tokens, events),
                new OwnSessionsEndpoint(sessions, ownSessions, signOut, clock, events),
                new ErrorEndpoint(),
                new ClientLogEndpoint()));
    }

    /** The answer where no endpoint has this path or this method. */
    public static Reply badRequest() {
        return BAD_REQUEST;
    }

    /**
     * Finds the endpoint for a path.
     *
     * @param path as it stood in the request line, nothing decoded or normalised
     * @return empty if it is not exactly the path of an endpoint; one slash at the end is allowed, as in Auth.js
     */
    public Optional<Destination> find(String path) {
        return table.find(path);
    }

    /**
     * Answers a request: unless the application is disabled, the {@code callbackUrl} cannot be used, or the method or the CSRF
     * token is wrong, the endpoint does. Never blocks.
     */
    public CompletionStage<Reply> answer(Endpoint endpoint, AuthRequest request) {
        Rules rules = endpoint.rules();
        if (!request.application().enabled()) {
            if (rules.content() != Rules.Content.SESSION) {
                events.report(new RequestEvent.Refused(request, Refusal.CLIENT_DISABLED, "the client is disabled"));
            }
            return endpoint.answerDisabled(request).now();
        }
        List<Secret> secrets = seals.secrets(request.keyHolder());
        Optional<String> inBody = request.body().nonEmpty("callbackUrl");
        Optional<String> inQuery = request.query().nonEmpty("callbackUrl");
        if (inBody.isEmpty()
                && inQuery.isPresent()
                && usable(inQuery.get(), request).isEmpty()) {
            Cause cause = why(inQuery.get());
            events.report(new RequestEvent.Refused(request, Refusal.CALLBACK_URL, "the callbackUrl " + said(cause)));
            boolean page = rules.content() == Rules.Content.PAGE && !request.isPost();
            return endpoint.answerBadCallbackUrl(
                    request,
                    secrets,
                    cookies -> page
                            ? Problems.badCallbackUrl(request, cause, cookies)
                            : new Reply.Json(
                                    400, cause == Cause.CALLBACK_URL ? BAD_CALLBACK_URL : LONG_CALLBACK_URL, cookies));
        }
        Optional<String> given = inBody.isPresent() ? inBody : inQuery;
        Optional<CallbackUrl> callbackUrl =
                given.isPresent() ? CallbackUrl.resolve(given.get(), request.origin()) : Optional.of(inCookie(request));
        if (callbackUrl.isEmpty()) {
            Cause cause = why(given.orElseThrow());
            events.report(new RequestEvent.Refused(request, Refusal.CALLBACK_URL, "the callbackUrl " + said(cause)));
            Reply.ErrorRedirect error = request.toErrorPage(cause);
            return endpoint.answerBadCallbackUrl(
                    request,
                    secrets,
                    cookies -> cookies.isEmpty() ? error : new Reply.Redirect(error.location(), cookies));
        }
        Optional<Reply> refusal = refusal(endpoint, request, secrets);
        if (refusal.isPresent()) {
            return refusal.get().now();
        }
        StandingCookies standing = new StandingCookies(csrf.token(request, secrets), callbackUrl.get(), secrets);
        CompletionStage<Reply> answer = endpoint.answer(request, standing);
        return rules.cookies() == Rules.Cookies.STANDING
                ? answer.thenApply(reply -> standing.addTo(reply, request))
                : answer;
    }

    /** Refuses a method that the endpoint does not have, and a POST that another site may have caused. */
    private Optional<Reply> refusal(Endpoint endpoint, AuthRequest request, List<Secret> secrets) {
        Rules.Methods methods = endpoint.rules().methods();
        if (!request.isPost()) {
            return methods.haveGet() ? Optional.empty() : Optional.of(BAD_REQUEST);
        }
        if (!methods.havePost()) {
            events.report(new RequestEvent.Refused(request, Refusal.METHOD, "this route takes no POST"));
            return Optional.of(request.toErrorPage(Cause.MALFORMED));
        }
        if (methods.protectPost() && !Csrf.isProtected(request, secrets)) {
            events.report(new RequestEvent.Refused(request, Refusal.CSRF, "the CSRF token is missing or wrong"));
            return Optional.of(endpoint.answerForged(request));
        }
        return Optional.empty();
    }

    /** The first usable URL of the callback-url cookies that is not the origin itself; the origin if there is none. */
    private static CallbackUrl inCookie(AuthRequest request) {
        CallbackUrl home = CallbackUrl.home(request.origin());
        for (CookieNames names : request.names().spellings()) {
            for (String sent : request.cookies().values(names.callbackUrl())) {
                Optional<CallbackUrl> url = usable(sent, request);
                if (url.isPresent() && !url.get().equals(home)) {
                    return url.get();
                }
            }
        }
        return home;
    }

    private static Cause why(String callbackUrl) {
        return CallbackUrl.isTooLong(callbackUrl) ? Cause.CALLBACK_URL_TOO_LONG : Cause.CALLBACK_URL;
    }

    private static String said(Cause cause) {
        return cause == Cause.CALLBACK_URL
                ? "cannot be used"
                : "is longer than " + CallbackUrl.MAX_LENGTH + " characters";
    }

    private static Optional<CallbackUrl> usable(String url, AuthRequest request) {
        return CallbackUrl.isWebUrlOrPath(url) ? CallbackUrl.resolve(url, request.origin()) : Optional.empty();
    }
}
