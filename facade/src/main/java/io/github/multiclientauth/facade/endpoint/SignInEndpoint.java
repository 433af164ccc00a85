package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.signin.SignIn;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Page.Notice;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.origin.PagePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** {@code /api/auth/signin}: the page with the buttons; with a provider, sends the browser to Keycloak. */
final class SignInEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "signin",
            Rules.Path.NAME_AND_PROVIDER,
            Rules.Methods.GET_AND_PROTECTED_POST,
            Rules.Content.PAGE,
            Rules.Cookies.STANDING,
            Rules.NamesApplication.BY_ORIGIN);

    /** Neither a page nor a success: a browser that fetched a link beforehand drops it, and follows the link on a click. */
    private static final Reply NOT_A_NAVIGATION =
            new Reply.Json(403, "{\"message\":\"A sign-in starts when somebody goes to this address.\"}");

    private final SignIn signIn;
    private final Executor executor;
    private final Events events;

    /** @param executor runs what may block */
    SignInEndpoint(SignIn signIn, Executor executor, Events events) {
        this.signIn = signIn;
        this.executor = executor;
        this.events = events;
    }

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        if (!signIn.isUnderstood(request)) {
            return request.toErrorPage(Page.Cause.MALFORMED_DEMAND).now();
        }
        if (request.route().provider().isPresent()) {
            return start(request, standing);
        }
        return request.isPost()
                ? new Reply.Redirect(request.pageUrl("/signin"), List.of()).now()
                : page(request, standing).now();
    }

    private CompletionStage<Reply> start(AuthRequest request, StandingCookies standing) {
        if (!signIn.isOffered(request)) {
            return Problems.noProvider(request, standing).now();
        }
        if (!mayStart(request)) {
            return NOT_A_NAVIGATION.now();
        }
        Optional<Reply> refusal = signIn.actionRefusal(request, standing.callbackUrl());
        if (refusal.isPresent()) {
            return refusal.get().now();
        }
        Optional<Duration> wait = signIn.refusal(request);
        if (wait.isPresent()) {
            return new Reply.TryLater(wait.get(), Problems.tooMany(request)).now();
        }
        try {
            return CompletableFuture.supplyAsync(() -> signIn.start(request, standing.callbackUrl()), executor);
        } catch (RejectedExecutionException e) {
            events.report(new RequestEvent.Refused(request, RequestEvent.Refusal.BUSY, e.getMessage()));
            return request.toErrorPage(Page.Cause.UNAVAILABLE).now();
        }
    }

    /**
     * Whether a request may start a sign-in: a POST, a navigation, a script that wants the address as JSON, or a client that
     * is no browser. A prefetch starts nothing: it would displace a sign-in that the person is in the middle of.
     */
    private static boolean mayStart(AuthRequest request) {
        AuthRequest.ClientHints client = request.client();
        return request.isPost()
                || client.isNavigation()
                || !client.speculative() && (client.returnRedirect() || !client.hasFetchMetadata());
    }

    private static Reply page(AuthRequest request, StandingCookies standing) {
        Optional<PagePath> own = request.application().pages().signIn();
        if (own.isPresent()) {
            String query = OwnPages.query(request, standing.callbackUrl());
            return new Reply.Redirect(request.ownPage(own.get(), query), List.of());
        }
        Optional<Notice> notice =
                notice(request.query().nonEmpty("error"), request.query().nonEmpty(AuthRequest.CODE));
        return buttons(200, request, standing, request.query().nonEmpty("callbackUrl"), notice);
    }

    /** The page with a button for each provider. */
    static Reply buttons(
            int status,
            AuthRequest request,
            StandingCookies standing,
            Optional<String> callbackUrl,
            Optional<Notice> notice) {
        return new Reply.Html(
                status,
                new Page.SignIn(
                        request.application().name(),
                        request.offered(),
                        standing.csrf().value(),
                        callbackUrl,
                        SignIn.query(request),
                        notice),
                List.of());
    }

    /** The message above the buttons, for the error codes of Auth.js 5 and 4. Empty if nothing went wrong. */
    private static Optional<Notice> notice(Optional<String> error, Optional<String> more) {
        if (more.equals(Optional.of("provider_failed"))) {
            return Optional.of(Notice.PROVIDER_FAILED);
        }
        return error.map(code -> switch (code) {
            case "OAuthCallbackError", "OAuthSignInError", "OAuthSignin", "OAuthCallback", "Callback", "Signin" ->
                Notice.NOT_FINISHED;
            case "OAuthAccountNotLinked", "AccountNotLinked", "OAuthCreateAccount" -> Notice.NOT_LINKED;
            case "SessionRequired" -> Notice.SESSION_REQUIRED;
            case "MissingCSRF" -> Notice.MISSING_CSRF;
            default -> Notice.TRY_AGAIN;
        });
    }
}
