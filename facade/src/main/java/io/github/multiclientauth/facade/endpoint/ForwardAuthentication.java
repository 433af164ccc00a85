package io.github.multiclientauth.facade.endpoint;

import static java.util.concurrent.CompletableFuture.completedFuture;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.session.AccessToken;
import io.github.multiclientauth.facade.session.AccessTokens;
import io.github.multiclientauth.facade.session.Found;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.HeaderText;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Reply.ForProxy.Header;
import io.github.multiclientauth.facade.wire.Route;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.github.multiclientauth.origin.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Tells a reverse proxy whether a request may go on to the server behind it, and who sends it. The answer is for a trusted
 * proxy only: {@code web} decides which is one.
 */
public final class ForwardAuthentication {

    private static final String USER = "X-Auth-Request-User";
    private static final String EMAIL = "X-Auth-Request-Email";
    private static final String USERNAME = "X-Auth-Request-Preferred-Username";
    private static final String GROUPS = "X-Auth-Request-Groups";
    private static final String PROVIDER = "X-Auth-Request-Provider";
    private static final String ACCESS_TOKEN = "X-Auth-Request-Access-Token";
    private static final String AUTHORIZATION = "Authorization";
    private static final String REDIRECT = "X-Auth-Request-Redirect";

    private static final Reply NOT_ASKED = new Reply.ForProxy(
            503, List.of(new Header("Retry-After", "1")), "{\"message\":\"Keycloak cannot be asked.\"}", List.of());

    private final SessionReads sessions;
    private final AccessTokens tokens;
    private final Events events;

    public ForwardAuthentication(SessionReads sessions, AccessTokens tokens, Events events) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.events = events;
    }

    /**
     * A question of a trusted proxy.
     *
     * @param request what the browser sent to the application
     * @param target path and query of that request, in ASCII
     * @param navigates whether the browser shows the answer as a page, and so can follow a redirect to sign in
     * @param mayHaveToken whether the proxy has shown that it is no browser
     */
    public record Question(
            AuthRequest request, String target, boolean navigates, AccessRules rules, boolean mayHaveToken) {}

    /** Answers without waiting unless Keycloak has to be asked. */
    public CompletionStage<Reply> answer(Question question) {
        AuthRequest request = question.request();
        // Before anything else: nobody is sent to another application to sign in.
        Optional<AccessRules.Rule> broken = question.rules().broken(request.recognized());
        if (broken.isPresent()) {
            events.report(new RequestEvent.Refused(
                    request,
                    RequestEvent.Refusal.RULE,
                    "the proxy's rule \"client\" does not allow this application, or it is a preview"));
            return broken(question, broken.get(), List.of()).now();
        }
        if (!request.application().enabled()) {
            events.report(
                    new RequestEvent.Refused(request, RequestEvent.Refusal.CLIENT_DISABLED, "the client is disabled"));
            return refused("The application is disabled.", "enabled", List.of(), List.of())
                    .now();
        }
        return sessions.findForProxy(request).thenCompose(found -> answer(question, found));
    }

    private CompletionStage<Reply> answer(Question question, Found found) {
        return found.match(
                signedIn -> signedIn(question, signedIn),
                nobody -> completedFuture(nobody(question, nobody.cookies())),
                unavailable -> completedFuture(NOT_ASKED));
    }

    private CompletionStage<Reply> signedIn(Question question, Found.SignedIn found) {
        Application application = question.request().application();
        Identity identity = found.session().identity();
        Optional<AccessRules.Rule> broken =
                question.rules().broken(identity, question.request().recognized());
        if (broken.isPresent()) {
            return completedFuture(broken(question, broken.get(), found.cookies()));
        }
        // A token that is bound to a key is of no use to a server without the key. The server of a preview is
        // anybody's.
        boolean withToken = question.mayHaveToken()
                && !question.request().recognized().isPreview()
                && application.apiAccess().proxies()
                && !application.demands().boundTokens();
        return withToken
                ? tokens.of(question.request(), found.session(), Optional.empty())
                        .thenApply(token -> withToken(question, found, token))
                : completedFuture(letIn(identity, "", false, found.cookies()));
    }

    /** What Keycloak refuses by its settings is no reason to keep the user out: the server behind the proxy decides. */
    private static Reply withToken(Question question, Found.SignedIn found, AccessToken token) {
        Identity identity = found.session().identity();
        return token.match(
                issued -> letIn(identity, issued.value(), question.rules().token(), found.cookies()),
                refused -> letIn(identity, "", false, found.cookies()),
                ended -> nobody(question, List.of()),
                unavailable -> NOT_ASKED);
    }

    /**
     * Always all of the headers, empty where there is nothing: the proxy puts them in the place of those that a browser sends.
     */
    private static Reply letIn(Identity identity, String token, boolean apart, List<SetCookie> cookies) {
        List<Header> headers = List.of(
                new Header(USER, HeaderText.encode(identity.subject(), "")),
                // An address that the user has not proved may be somebody else's.
                new Header(EMAIL, text(identity.emailVerified() ? identity.email() : Optional.empty())),
                new Header(USERNAME, text(identity.membership().username())),
                new Header(GROUPS, identity.membership().written()),
                new Header(PROVIDER, identity.signedInWith()),
                new Header(ACCESS_TOKEN, apart ? token : ""),
                new Header(AUTHORIZATION, token.isEmpty() ? "" : "Bearer " + token));
        return new Reply.ForProxy(200, headers, "", cookies);
    }

    private static String text(Optional<String> value) {
        return value.isPresent() ? HeaderText.encode(value.get(), "") : "";
    }

    private static Reply nobody(Question question, List<SetCookie> cookies) {
        CallbackUrl callbackUrl = callbackUrl(question);
        String signIn = signInUrl(callbackUrl);
        if (question.navigates() && question.rules().returnTo().isPresent()) {
            return new Reply.ForProxy(
                    302, List.of(new Header("Location", signIn), new Header(REDIRECT, signIn)), "", cookies);
        }
        return new Reply.ForProxy(
                401, List.of(new Header(REDIRECT, signIn)), "{\"message\":\"Nobody is signed in.\"}", cookies);
    }

    /** A higher level can be reached by signing in again. Another user, provider or role cannot. */
    private static Reply broken(Question question, AccessRules.Rule rule, List<SetCookie> cookies) {
        List<Header> again = rule.kind() == AccessRules.Kind.ACR
                ? List.of(new Header(
                        REDIRECT,
                        signInUrl(callbackUrl(question)) + "&acr_values=" + encoded(String.join(" ", rule.anyOf()))))
                : List.of();
        String what = switch (rule.kind()) {
            case CLIENT -> "The request is for another application, or for a preview.";
            case PROVIDER -> "The user signed in with another provider.";
            case ROLE -> "The user does not have the role.";
            case GROUP -> "The user is not in the group.";
            case ACR -> "The user has to authenticate with a higher level.";
        };
        return refused(what, rule.kind().parameter(), again, cookies);
    }

    private static Reply refused(String message, String rule, List<Header> headers, List<SetCookie> cookies) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("message", message)
                .put("rule", rule)
                .toString();
        return new Reply.ForProxy(403, headers, body, cookies);
    }

    private static String signInUrl(CallbackUrl callbackUrl) {
        return callbackUrl.origin() + Route.BASE_PATH + "/signin?callbackUrl=" + encoded(callbackUrl.value());
    }

    /**
     * Where the browser goes after signing in: what {@code rd} says if it is the application's, otherwise the page that it asked
     * for. The origin, if that is too long.
     */
    private static CallbackUrl callbackUrl(Question question) {
        Origin origin = question.request().origin();
        return question.rules()
                .returnTo()
                .filter(given -> !given.isEmpty())
                .flatMap(given -> ofApplication(given, question.request()))
                .or(() -> CallbackUrl.resolve(question.target(), origin))
                .orElseGet(() -> CallbackUrl.home(origin));
    }

    private static Optional<CallbackUrl> ofApplication(String given, AuthRequest request) {
        if (given.startsWith("/")) {
            return CallbackUrl.resolve(given, request.origin());
        }
        return CallbackUrl.originOf(given)
                .filter(named -> Stream.concat(Stream.of(request.origin()), request.application().origins().stream())
                        .anyMatch(named::equals))
                .flatMap(named -> CallbackUrl.resolve(given, named));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
