package io.github.multiclientauth.facade.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.session.SessionEndpoint;
import io.github.multiclientauth.facade.signin.SignIn;
import io.github.multiclientauth.facade.signin.SignInFlow;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.wire.Action;
import io.github.multiclientauth.facade.wire.AuthErrorCode;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.CallbackUrl.Resolution;
import io.github.multiclientauth.facade.wire.Csrf;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** The routes of the contract. */
public final class Endpoints {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Reply BAD_REQUEST = new Reply.Json(400, "\"Bad request.\"");
    /** Neither a page nor a success: whoever fetched a link beforehand forgets it, and goes there when it is clicked. */
    private static final Reply NOT_A_NAVIGATION =
            new Reply.Json(403, "{\"message\":\"A sign-in starts when somebody goes to this address.\"}");

    private static final String BAD_CALLBACK_URL = "{\"message\":\"The callbackUrl cannot be used.\"}";

    private final ApplicationSeals seals;
    private final Csrf csrf;
    private final SessionEndpoint session;
    private final SignInFlow signIn;
    private final SignOut signOut;
    private final Executor executor;
    private final EndpointLog log;

    /** What the routes tell the operator. */
    public interface EndpointLog {

        /** The request is not one that a client of the contract makes, or lacks its protection. */
        void refused(AuthRequest request, String what);
    }

    /** @param executor runs what may block */
    public Endpoints(
            ApplicationSeals seals,
            Csrf csrf,
            SessionEndpoint session,
            SignInFlow signIn,
            SignOut signOut,
            Executor executor,
            EndpointLog log) {
        this.seals = seals;
        this.csrf = csrf;
        this.session = session;
        this.signIn = signIn;
        this.signOut = signOut;
        this.executor = executor;
        this.log = log;
    }

    /** What is answered where the path is not exactly a route, or the method neither GET nor POST. */
    public static Reply badRequest() {
        return BAD_REQUEST;
    }

    /** Never blocks: what takes its time completes later. */
    public CompletionStage<Reply> answer(AuthRequest request) {
        if (!request.application().enabled()) {
            return now(disabled(request));
        }
        List<Secret> secrets = seals.secrets(request.keyHolder());
        Optional<String> inBody = request.body().nonEmpty("callbackUrl");
        Optional<String> inQuery = request.query().nonEmpty("callbackUrl");
        if (inBody.isEmpty() && inQuery.filter(url -> !usable(url, request)).isPresent()) {
            log.refused(request, "the callbackUrl cannot be used");
            return badCallbackUrl(
                    request,
                    secrets,
                    cookies -> isPage(request)
                            ? Problems.badCallbackUrl(request, cookies)
                            : new Reply.Json(400, BAD_CALLBACK_URL, cookies));
        }
        Resolution resolution = inBody.or(() -> inQuery)
                .map(url -> CallbackUrl.resolve(url, request.origin()))
                .orElseGet(() -> ofCookie(request));
        if (!(resolution instanceof Resolution.Resolved resolved)) {
            log.refused(request, "the callbackUrl is malformed");
            Reply.ErrorRedirect error = request.toErrorPage(AuthErrorCode.CONFIGURATION);
            return badCallbackUrl(
                    request,
                    secrets,
                    cookies -> cookies.isEmpty() ? error : new Reply.Redirect(error.location(), cookies));
        }
        StandingCookies standing = new StandingCookies(csrf.token(request, secrets), resolved.url(), secrets);
        return dispatch(request, standing)
                .thenApply(reply -> takesStandingCookies(request, reply) ? standing.addTo(reply, request) : reply);
    }

    /** An error; but who means to sign out is signed out, wherever that was to lead. */
    private CompletionStage<Reply> badCallbackUrl(
            AuthRequest request, List<Secret> secrets, Function<List<SetCookie>, Reply> answer) {
        if (isSession(request)) {
            return now(SessionEndpoint.refused());
        }
        boolean signsOut = request.route().action() == Action.SIGNOUT
                && (request.isPost() ? Csrf.isProtected(request, secrets) : SignOut.mayActAtOnce(request));
        return signsOut ? signOut.end(request, answer) : now(answer.apply(List.of()));
    }

    /** People are signed out as soon as a page asks, so that an application that opens the cookie itself sees it too. */
    private Reply disabled(AuthRequest request) {
        if (isSession(request)) {
            return session.nobody(request);
        }
        log.refused(request, "the client is disabled");
        boolean signsOut = request.route().action() == Action.SIGNOUT;
        return Problems.disabled(request, signsOut ? signOut.endAtDisabled(request) : List.of());
    }

    private CompletionStage<Reply> dispatch(AuthRequest request, StandingCookies standing) {
        boolean post = request.isPost();
        return switch (request.route().action()) {
            case CSRF -> post ? misused(request) : now(csrfToken(standing));
            case PROVIDERS -> post ? misused(request) : now(providers(request));
            case SESSION -> post ? update(request, standing) : session.read(request);
            case SIGNIN ->
                request.route().provider().isPresent()
                        ? startSignIn(request, standing)
                        : now(signInPage(request, standing));
            case CALLBACK -> signIn.callback().finish(request);
            case SIGNOUT -> signOut(request, standing);
            case ERROR -> post ? misused(request) : now(Problems.errorPage(request));
            case VERIFY_REQUEST -> post ? misused(request) : now(verifyRequest(request));
            case LOG -> now(post ? new Reply.Empty(200) : BAD_REQUEST);
        };
    }

    private CompletionStage<Reply> update(AuthRequest request, StandingCookies standing) {
        return isForged(request, standing) ? now(SessionEndpoint.refused()) : session.update(request);
    }

    private CompletionStage<Reply> startSignIn(AuthRequest request, StandingCookies standing) {
        if (isForged(request, standing)) {
            return now(request.toSignInPage(AuthErrorCode.MISSING_CSRF));
        }
        if (!SignIn.mayStart(request)) {
            return now(NOT_A_NAVIGATION);
        }
        Optional<Duration> wait = signIn.signIn().refusal(request);
        if (wait.isPresent()) {
            return now(new Reply.TryLater(wait.get(), Problems.tooMany(request)));
        }
        return later(request, () -> signIn.signIn().start(request, standing.callbackUrl()));
    }

    private Reply signInPage(AuthRequest request, StandingCookies standing) {
        if (isForged(request, standing)) {
            return request.toSignInPage(AuthErrorCode.MISSING_CSRF);
        }
        if (request.isPost()) {
            return new Reply.Redirect(request.pageUrl("/signin"), List.of());
        }
        return new Reply.Html(
                200,
                new Page.SignIn(
                        request.application().name(),
                        request.application().providers(),
                        standing.csrf().value(),
                        request.query().nonEmpty("callbackUrl"),
                        request.whichApplication(),
                        Problems.notice(request.query().get("error"))),
                List.of());
    }

    private CompletionStage<Reply> signOut(AuthRequest request, StandingCookies standing) {
        if (isForged(request, standing)) {
            return now(request.toSignInPage(AuthErrorCode.MISSING_CSRF));
        }
        if (request.isPost() || SignOut.mayActAtOnce(request)) {
            String location = standing.callbackUrl().value();
            return signOut.end(request, cookies -> new Reply.Redirect(location, cookies));
        }
        return now(new Reply.Html(
                200,
                new Page.SignOut(
                        request.application().name(),
                        standing.csrf().value(),
                        request.query().nonEmpty("callbackUrl"),
                        request.whichApplication()),
                List.of()));
    }

    private static Reply csrfToken(StandingCookies standing) {
        return new Reply.Json(200, "{\"csrfToken\":\"" + standing.csrf().value() + "\"}");
    }

    private static Reply providers(AuthRequest request) {
        ObjectNode body = JSON.createObjectNode();
        for (Provider provider : request.application().providers()) {
            body.putObject(provider.alias())
                    .put("id", provider.alias())
                    .put("name", provider.displayName())
                    .put("type", provider.type())
                    .put("signinUrl", request.url("/signin/" + provider.alias()))
                    .put("callbackUrl", request.url("/callback/" + provider.alias()));
        }
        return new Reply.Json(200, body.toString());
    }

    private static Reply verifyRequest(AuthRequest request) {
        return new Reply.Html(200, new Page.VerifyRequest(request.application().name()), List.of());
    }

    /** What the cookie says, the first that says something that can be used; else the origin itself. */
    private static Resolution ofCookie(AuthRequest request) {
        Resolution home = CallbackUrl.resolve("", request.origin());
        return request.names().spellings().stream()
                .flatMap(names -> request.cookies().values(names.callbackUrl()).stream())
                .filter(url -> usable(url, request))
                .map(url -> CallbackUrl.resolve(url, request.origin()))
                .filter(resolution -> !resolution.equals(home))
                .findFirst()
                .orElse(home);
    }

    private static boolean usable(String url, AuthRequest request) {
        return CallbackUrl.isWebUrlOrPath(url)
                && CallbackUrl.resolve(url, request.origin()) instanceof Resolution.Resolved;
    }

    /** Clients take whatever object comes from there for a session. */
    private static boolean isSession(AuthRequest request) {
        return request.route().action() == Action.SESSION;
    }

    private static boolean isPage(AuthRequest request) {
        return !request.isPost()
                && switch (request.route().action()) {
                    case SIGNIN, SIGNOUT, ERROR, VERIFY_REQUEST, CALLBACK -> true;
                    case CSRF, PROVIDERS, SESSION, LOG -> false;
                };
    }

    /** As in Auth.js: neither the list of providers nor an error sets them; and what goes on elsewhere does so there. */
    private static boolean takesStandingCookies(AuthRequest request, Reply reply) {
        return !(reply instanceof Reply.ErrorRedirect)
                && !(reply instanceof Reply.SeeOther)
                && !(reply instanceof Reply.TryLater)
                && !(reply instanceof Reply.Json json && json.status() >= 400)
                && switch (request.route().action()) {
                    case PROVIDERS, LOG -> false;
                    case CSRF, SESSION, SIGNIN, CALLBACK, SIGNOUT, ERROR, VERIFY_REQUEST -> true;
                };
    }

    /** Whether it is a POST that another site may have caused. */
    private boolean isForged(AuthRequest request, StandingCookies standing) {
        if (!request.isPost() || Csrf.isProtected(request, standing.secrets())) {
            return false;
        }
        log.refused(request, "the CSRF token is missing or wrong");
        return true;
    }

    private CompletionStage<Reply> misused(AuthRequest request) {
        log.refused(request, "this route takes no POST");
        return now(request.toErrorPage(AuthErrorCode.CONFIGURATION));
    }

    private CompletionStage<Reply> later(AuthRequest request, Supplier<Reply> blocking) {
        try {
            return CompletableFuture.supplyAsync(blocking, executor);
        } catch (RejectedExecutionException e) {
            log.refused(request, e.getMessage());
            return now(request.toErrorPage(AuthErrorCode.CONFIGURATION));
        }
    }

    private static CompletionStage<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
