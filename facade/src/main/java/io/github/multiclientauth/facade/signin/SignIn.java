package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationRequest;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.wire.AuthErrorCode;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts a sign-in: sends the browser to Keycloak as the application's own client. */
public final class SignIn {

    private static final int RANDOM_BYTES = 32;

    /**
     * Parameters that an application may pass to Keycloak, beside those of a {@link Demand}. Auth.js passes on all, even {@code
     * client_id}.
     */
    private static final List<String> PASSED_ON = List.of("login_hint", "prompt", "ui_locales");

    /** In characters. Keycloak drops longer parameters silently. */
    private static final int MAX_PASSED_ON = 2000;

    /** The parameter of the error page that names the provider of a sign-in that can be begun again. */
    private static final String PROVIDER = "provider";

    /** In characters, before they are encoded. With a longer one, the sign-in leads to the application's origin. */
    private static final int MAX_AGAIN = 1000;

    private final AuthorizationServer keycloak;
    private final TransactionCookies transactions;
    private final PreviewRelay relay;
    private final SessionCookies sessions;
    private final SignInLimit limit;
    private final SecureRandom random;
    private final Clock clock;
    private final Events events;

    SignIn(
            AuthorizationServer keycloak,
            TransactionCookies transactions,
            PreviewRelay relay,
            SessionCookies sessions,
            SignInLimit limit,
            SecureRandom random,
            Clock clock,
            Events events) {
        this.keycloak = keycloak;
        this.transactions = transactions;
        this.relay = relay;
        this.sessions = sessions;
        this.limit = limit;
        this.random = random;
        this.clock = clock;
        this.events = events;
    }

    /**
     * How long to wait if too many sign-ins were started from the request's network. Empty if it may start. Must be the last
     * check: each sign-in that may start counts, since it costs Keycloak an authentication session. A request that is refused
     * for another reason must not count, otherwise any page could use up the limit of its visitor's network.
     */
    public Optional<Duration> refusal(AuthRequest request) {
        String network = request.client().network();
        Optional<Duration> wait = limit.refusal(network);
        if (wait.isPresent()) {
            events.report(new SignInEvent.Limited(request, network));
        }
        return wait;
    }

    /** Whether somebody can sign in with the provider in the path. Keycloak itself can be asked for an action at any application. */
    public boolean isOffered(AuthRequest request) {
        boolean offered = offered(request).isPresent()
                || isAction(request) && request.route().provider().equals(Optional.of(Provider.KEYCLOAK));
        if (!offered) {
            events.report(new SignInEvent.UnknownProvider(request));
        }
        return offered;
    }

    /** Whether what the request demands of the authentication is understood. */
    public boolean isUnderstood(AuthRequest request) {
        Optional<String> problem = Demand.problem(request).or(() -> RequestedAction.problem(request));
        problem.ifPresent(what -> events.report(new SignInEvent.DemandRefused(request, what)));
        return problem.isEmpty();
    }

    private static boolean isAction(AuthRequest request) {
        return RequestedAction.requested(request).isPresent();
    }

    /** The answer to a request for an action that cannot start. Empty if there is no action, or it may start. */
    public Optional<Reply> actionRefusal(AuthRequest request, CallbackUrl callbackUrl) {
        if (!isAction(request)) {
            return Optional.empty();
        }
        Optional<String> notOffered = RequestedAction.notOffered(request);
        if (notOffered.isPresent()) {
            events.report(new SignInEvent.DemandRefused(
                    request, "the application does not offer the provider \"" + notOffered.get() + "\" of kc_action"));
            return Optional.of(request.toErrorPage(Cause.PROVIDER_NOT_OFFERED));
        }
        if (actor(request).isEmpty()) {
            events.report(new RequestEvent.Refused(
                    request,
                    RequestEvent.Refusal.SESSION_REQUIRED,
                    "kc_action is for a person who is signed in, and nobody is"));
            return Optional.of(request.toSignInPage(AuthErrorCode.SESSION_REQUIRED, callbackUrl));
        }
        return Optional.empty();
    }

    /**
     * Who asks for an action, and the provider with which that person proves to be the same at Keycloak.
     *
     * @param provider that of the session, whatever the path says
     */
    private record Actor(Session session, Provider provider) {}

    /** Empty if nobody is signed in, or two people are: a page of a sibling domain can plant its maker's own session. */
    private Optional<Actor> actor(AuthRequest request) {
        List<Session> found = sessions.read(request);
        boolean one = found.stream()
                        .map(session -> session.identity().subject())
                        .distinct()
                        .count()
                == 1;
        return found.stream()
                .filter(session -> one)
                .max(Comparator.comparing(Session::signedInAt).thenComparing(Session::checkedAt))
                .flatMap(session -> offered(
                                request, session.identity().provider().orElse(Provider.KEYCLOAK))
                        .map(provider -> new Actor(session, provider)));
    }

    /**
     * Starts the sign-in with a provider that is offered, a demand that is understood, and an action that is not refused. Blocks
     * if Keycloak's metadata has to be read.
     */
    public Reply start(AuthRequest request, CallbackUrl callbackUrl) {
        Optional<Actor> actor = isAction(request) ? actor(request) : Optional.empty();
        Provider provider =
                actor.map(Actor::provider).or(() -> offered(request)).orElseThrow();
        Optional<RequestedAction> action = actor.flatMap(person -> RequestedAction.of(request, person.session()));
        Demand demand = Demand.of(request);
        Map<String, String> passedOn = passedOn(request);
        passedOn.putAll(demand.and(request.application().stepUp()).parameters());
        action.ifPresent(
                asked -> passedOn.putAll(asked.parameters(actor.orElseThrow().session())));
        Transaction transaction = new Transaction(
                request.recognized().isPreview() ? new Secret(relay.state(request)) : random(),
                random(),
                provider,
                callbackUrl,
                demand,
                "none".equals(passedOn.get("prompt")),
                clock.instant(),
                action);
        try {
            URI location = keycloak.authorizationUrl(
                    request.application(),
                    new AuthorizationRequest(
                            request.redirectUri(provider),
                            request.recognized().registeredOrigin().toString(),
                            transaction.state().reveal(),
                            transaction.nonce().reveal(),
                            challenge(transaction.codeVerifier()),
                            provider.hint(),
                            passedOn));
            events.report(new SignInEvent.Started(request));
            return new Reply.Redirect(location.toASCIIString(), transactions.begin(request, transaction));
        } catch (UnavailableException e) {
            events.report(new SignInEvent.KeycloakUnavailable(request, e.getMessage()));
            return request.toErrorPage(e.wrongIssuer() ? Cause.WRONG_ISSUER : Cause.UNAVAILABLE);
        }
    }

    /** The parameters of an error page that offers to begin a sign-in again. */
    static Map<String, String> again(Provider provider, Demand demand, CallbackUrl callbackUrl) {
        Map<String, String> parameters = new LinkedHashMap<>(demand.asRequested());
        parameters.put(PROVIDER, provider.alias());
        if (callbackUrl.value().length() <= MAX_AGAIN) {
            parameters.put("callbackUrl", callbackUrl.value());
        }
        return parameters;
    }

    /**
     * The address that begins a sign-in again, with the parameters of an error page. Empty if they name no provider that is
     * offered.
     */
    public static Optional<String> again(AuthRequest errorPage, CallbackUrl callbackUrl) {
        if (Demand.problem(errorPage).isPresent()) {
            return Optional.empty();
        }
        Map<String, String> parameters =
                new LinkedHashMap<>(Demand.of(errorPage).asRequested());
        parameters.put("callbackUrl", callbackUrl.value());
        return errorPage
                .query()
                .nonEmpty(PROVIDER)
                .flatMap(alias -> offered(errorPage, alias))
                .map(provider ->
                        errorPage.pageUrl("/signin/" + provider.alias() + "?" + Parameters.toForm(parameters)));
    }

    /** The query with which the buttons of a sign-in page begin what the page was asked for. Empty if there is nothing to say. */
    public static String query(AuthRequest page) {
        String which = page.whichApplication();
        if (Demand.problem(page).isPresent()) {
            return which;
        }
        Map<String, String> parameters = passedOn(page);
        parameters.putAll(Demand.of(page).asRequested());
        return parameters.isEmpty() ? which : which + (which.isEmpty() ? "?" : "&") + Parameters.toForm(parameters);
    }

    /** The provider in the path, if it is offered. */
    static Optional<Provider> offered(AuthRequest request) {
        return request.route().provider().flatMap(alias -> offered(request, alias));
    }

    private static Optional<Provider> offered(AuthRequest request, String alias) {
        return request.offered().stream()
                .filter(provider -> provider.alias().equals(alias))
                .findFirst();
    }

    private static Map<String, String> passedOn(AuthRequest request) {
        Map<String, String> passedOn = new LinkedHashMap<>();
        for (String name : PASSED_ON) {
            request.query()
                    .nonEmpty(name)
                    .filter(value -> value.length() <= MAX_PASSED_ON)
                    .ifPresent(value -> passedOn.put(name, value));
        }
        return passedOn;
    }

    private Secret random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return new Secret(base64url(bytes));
    }

    /** The S256 code challenge (RFC 7636, section 4.2). */
    private static String challenge(Secret codeVerifier) {
        return base64url(Sha256.of(codeVerifier.reveal().getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
