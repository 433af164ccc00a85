package io.github.multiclientauth.facade.signin;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.AuthorizationCode;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Redemption;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Why;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import io.github.multiclientauth.facade.session.Confirmations;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.session.SessionPolicy;
import io.github.multiclientauth.facade.wire.AuthErrorCode;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.github.multiclientauth.facade.wire.Sha256;
import io.github.multiclientauth.origin.Origin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finishes a sign-in that this browser began here, for this application, this origin and this provider, and no other.
 */
public final class Callback {

    /** Errors that mean for {@code prompt=none} that nobody is signed in (OpenID Connect Core 1.0, section 3.1.2.6). */
    private static final Set<String> NOBODY_SIGNED_IN =
            Set.of("login_required", "interaction_required", "consent_required", "account_selection_required");

    /** The form of an error code (RFC 6749, section 4.1.2.1). Other texts in the address could forge lines of the log. */
    private static final Pattern ERROR_CODE = Pattern.compile("[\\x20-\\x7e&&[^\"\\\\]]{1,100}");

    private static final Redemption USED = new Redemption.Refused(Why.ALREADY_FINISHED, "transaction already used");

    /** The extension's words for why it refuses a person. */
    private static final Map<String, Cause> REFUSALS = Map.of(
            "provider_not_allowed", Cause.PROVIDER_NOT_ALLOWED,
            "account_disabled", Cause.ACCOUNT_DISABLED,
            "account_locked", Cause.ACCOUNT_LOCKED,
            "action_not_available", Cause.ACTION_NOT_AVAILABLE,
            "other_person", Cause.OTHER_PERSON,
            "session_ended", Cause.SESSION_ENDED);

    /** The ends of the names of cookies with which Auth.js 5 and 4 begin a sign-in. The facade has others. */
    private static final List<String> AUTH_JS_COOKIES = Stream.of("authjs.", "next-auth.")
            .flatMap(begin -> Stream.of("pkce.code_verifier", "state", "nonce").map(begin::concat))
            .toList();

    /** The extension's word for a provider that failed, and the code for the sign-in page. */
    private static final Map<String, String> FAILURES_OF_PROVIDERS = Map.of("provider_error", "provider_failed");

    /** Sign-ins that are remembered as finished, a few hundred bytes each. */
    private static final int MAX_FINISHED = 10_000;

    private static final int HASH_BYTES = 16;

    private final AuthorizationServer keycloak;
    private final TransactionCookies transactions;
    private final PreviewRelay relay;
    private final SessionCookies sessions;
    private final Confirmations confirmations;
    private final SessionPolicy policy;
    private final Clock clock;
    private final Executor executor;
    private final Events events;

    /**
     * Results by state. Until the first callback is answered, further ones with the same state share the result, since
     * browsers may send a request twice. Later ones with the same code are replays.
     */
    private final AsyncCache<String, Redemption> redemptions;

    /**
     * Sign-ins that this replica has finished, by state. Tabs that are opened at the same instant get one sign-in at
     * Keycloak, which answers each of them with the same state: the later ones only have to go on.
     */
    private final Cache<String, Finished> finished;

    /** @param code that was redeemed, hashed */
    private record Finished(String code, CallbackUrl callbackUrl) {}

    Callback(
            AuthorizationServer keycloak,
            TransactionCookies transactions,
            PreviewRelay relay,
            SessionCookies sessions,
            Confirmations confirmations,
            SessionPolicy policy,
            Duration transactionLifetime,
            Clock clock,
            Executor executor,
            Events events) {
        this.keycloak = keycloak;
        this.transactions = transactions;
        this.relay = relay;
        this.sessions = sessions;
        this.confirmations = confirmations;
        this.policy = policy;
        this.clock = clock;
        this.executor = executor;
        this.events = events;
        this.redemptions = Caffeine.newBuilder()
                // Cleaned up by the thread that uses it, which needs no place in the queue of sign-ins.
                .executor(Runnable::run)
                .expireAfterWrite(transactionLifetime)
                .maximumSize(100_000)
                .buildAsync();
        this.finished = Caffeine.newBuilder()
                .executor(Runnable::run)
                .expireAfterWrite(transactionLifetime)
                .maximumSize(MAX_FINISHED)
                .build();
    }

    /** Answers at once unless Keycloak has to be asked. */
    public CompletionStage<Reply> finish(AuthRequest callback) {
        if (callback.recognized().isPreview()) {
            return relay.receive(callback)
                    .map(response -> finish(callback, response))
                    .orElseGet(() -> notHandedOff(callback));
        }
        AuthorizationResponse response = AuthorizationResponse.of(callback);
        return relay.pass(callback, response).map(Reply::now).orElseGet(() -> finish(callback, response));
    }

    /** Whether the path names no provider of the application, and no sign-in was begun that would end here. */
    public boolean isAtNoProvider(AuthRequest callback) {
        Optional<String> alias = callback.route().provider();
        boolean unknown = alias.isPresent()
                && callback.application().providers().stream()
                        .map(Provider::alias)
                        .noneMatch(alias.get()::equals)
                && !callback.recognized().isPreview()
                && AuthorizationResponse.of(callback)
                        .state()
                        .filter(state ->
                                transactions.find(callback, state).isPresent() || relay.isOfPreview(callback, state))
                        .isEmpty();
        if (unknown) {
            events.report(new SignInEvent.UnknownProvider(callback));
        }
        return unknown;
    }

    private CompletionStage<Reply> finish(AuthRequest callback, AuthorizationResponse response) {
        Optional<Transaction> found = response.state().flatMap(value -> transactions.find(callback, value));
        if (found.isEmpty()) {
            return unknown(callback, response).now();
        }
        Transaction transaction = found.get();
        AuthRequest request = forOriginOf(transaction, callback);
        if (!transaction.origin().equals(request.origin())
                || !request.route()
                        .provider()
                        .equals(Optional.of(transaction.provider().alias()))) {
            return refused(request, Cause.UNKNOWN_SIGN_IN, "the transaction is for another origin or provider");
        }
        if (!request.application().offers(transaction.provider())) {
            return refused(
                    request,
                    Cause.PROVIDER_NOT_OFFERED,
                    "the application no longer offers " + transaction.provider().alias());
        }
        if (!clock.instant().isBefore(transactions.end(transaction))) {
            return refused(request, Cause.TOOK_TOO_LONG, "it took longer than mca.sign-in-timeout");
        }
        if (response.error().isPresent()) {
            return finishedByAnotherCode(response).isPresent()
                    ? used(request, transaction, response).now()
                    : failed(request, transaction, response);
        }
        if (response.code().isEmpty()) {
            return refused(request, Cause.MALFORMED, "neither code nor error");
        }
        // Before the code is redeemed, so that a sign-out during that time counts.
        Instant asked = clock.instant();
        // A finished result does not show it: the first callback's result may be finished at once, too.
        var isFirst = new AtomicBoolean();
        CompletableFuture<Reply> reply = redeem(request, transaction, response, isFirst)
                .thenCompose(redemption -> redemption == USED
                        ? used(request, transaction, response).now()
                        : redemption.match(
                                redeemed -> redeemed(request, transaction, redeemed.identity(), asked, response),
                                refused -> refused(request, cause(refused.why()), refused.reason())));
        // Claims are not kept longer than needed.
        return isFirst.get()
                ? reply.whenComplete((answer, failure) ->
                        redemptions.put(transaction.state().reveal(), CompletableFuture.completedFuture(USED)))
                : reply;
    }

    /** Answers where this browser has sent the callback before it had the answer to another one of the same sign-in. */
    private Reply used(AuthRequest request, Transaction transaction, AuthorizationResponse response) {
        return finishedByAnotherCode(response)
                .<Reply>map(before ->
                        new Reply.Redirect(before.callbackUrl().value(), transactions.end(request, transaction)))
                .orElseGet(() -> refusal(request, Cause.ALREADY_FINISHED, "transaction already used"));
    }

    /** Answers where this browser has no such sign-in. */
    private Reply unknown(AuthRequest callback, AuthorizationResponse response) {
        Optional<Finished> before = finishedByAnotherCode(response);
        if (before.isPresent() && !sessions.read(callback).isEmpty()) {
            return new Reply.Redirect(before.get().callbackUrl().value(), List.of());
        }
        Optional<String> authJs = AUTH_JS_COOKIES.stream()
                .filter(name -> callback.cookies().nameEndingWith(name).isPresent())
                .findFirst();
        if (authJs.isPresent()) {
            events.report(new SignInEvent.CallbackRefused(
                    callback,
                    false,
                    Cause.BEGUN_BY_AUTH_JS,
                    "the application began it with signIn() of Auth.js on its server (the cookie " + authJs.get()
                            + " is of Auth.js), which the facade cannot finish: signIn() of multi-client-auth/next or"
                            + " multi-client-auth/server can be used there"));
            return callback.toErrorPage(Cause.BEGUN_BY_AUTH_JS);
        }
        Cause cause = response.state().map(finished::getIfPresent).isPresent()
                ? Cause.ALREADY_FINISHED
                : callback.cookies().isEmpty() ? Cause.NO_COOKIES : Cause.UNKNOWN_SIGN_IN;
        events.report(new SignInEvent.CallbackRefused(
                callback, false, cause, "no transaction of this browser has this state"));
        return callback.toErrorPage(cause);
    }

    private Optional<Finished> finishedByAnotherCode(AuthorizationResponse response) {
        return response.state().map(finished::getIfPresent).filter(known -> !isReplay(known, response));
    }

    private static boolean isReplay(Finished known, AuthorizationResponse response) {
        return response.code().map(Callback::hash).filter(known.code()::equals).isPresent();
    }

    private static String hash(String code) {
        return HexFormat.of().formatHex(Sha256.of(code), 0, HASH_BYTES);
    }

    private static Cause cause(Why why) {
        return switch (why) {
            case CLIENT_REFUSED -> Cause.CLIENT_REFUSED;
            case CLOCK_SKEW -> Cause.CLOCK_SKEW;
            case FOREIGN_ANSWER -> Cause.FOREIGN_ANSWER;
            case CODE_REFUSED -> Cause.CODE_REFUSED;
            case UNAVAILABLE -> Cause.UNAVAILABLE;
            case WRONG_ISSUER -> Cause.WRONG_ISSUER;
            case ALREADY_FINISHED -> Cause.ALREADY_FINISHED;
            case OTHER -> Cause.CONFIGURATION;
        };
    }

    /** The request for the origin of the transaction, which a host that serves several applications does not show. */
    private static AuthRequest forOriginOf(Transaction transaction, AuthRequest callback) {
        return callback.recognized().isCentral()
                        && callback.application().origins().contains(transaction.origin())
                ? callback.forOrigin(transaction.origin())
                : callback;
    }

    private CompletableFuture<Redemption> redeem(
            AuthRequest request, Transaction transaction, AuthorizationResponse response, AtomicBoolean isFirst) {
        try {
            return begin(request, transaction, response, isFirst);
        } catch (RejectedExecutionException e) {
            isFirst.set(false);
            return CompletableFuture.completedFuture(new Redemption.Refused(Why.UNAVAILABLE, e.getMessage()));
        }
    }

    private CompletableFuture<Redemption> begin(
            AuthRequest request, Transaction transaction, AuthorizationResponse response, AtomicBoolean isFirst) {
        return redemptions.get(transaction.state().reveal(), (missing, own) -> {
            isFirst.set(true);
            return CompletableFuture.supplyAsync(
                    () -> keycloak.redeem(
                            request.application(),
                            new AuthorizationCode(
                                    response.code().orElseThrow(),
                                    request.redirectUri(transaction.provider()),
                                    transaction.codeVerifier(),
                                    transaction.nonce()),
                            response.issuer()),
                    executor);
        });
    }

    private CompletionStage<Reply> redeemed(
            AuthRequest request,
            Transaction transaction,
            Identity identity,
            Instant asked,
            AuthorizationResponse response) {
        Optional<Origin> tokenOrigin = identity.clientOrigin().flatMap(Origin::parse);
        if (!tokenOrigin.equals(Optional.of(request.recognized().registeredOrigin()))) {
            return refused(
                    request,
                    Cause.ORIGIN_NOT_IN_TOKEN,
                    "the ID token's clientOrigin is not the application's: is the authenticator in the browser flow, and"
                            + " the client scope assigned to the client?");
        }
        if (transaction
                .action()
                .filter(action -> !action.isOf(identity.subject()))
                .isPresent()) {
            return refused(
                    request, Cause.OTHER_PERSON, "another user has asked for the action than the one who comes back");
        }
        Optional<String> unmet = unmet(request, transaction, identity);
        if (unmet.isPresent()) {
            events.report(new SignInEvent.StepUpRequired(request, identity.actor(), unmet.get()));
            return request.toStepUpPage(
                            SignIn.again(transaction.provider(), transaction.demand(), transaction.callbackUrl()))
                    .now();
        }
        return confirmations
                .askAnew(new Question(request.application().clientId(), identity.sid(), clock.instant(), false))
                .thenApply(verdict -> verdict.match(
                        alive -> {
                            Reply reply = signedIn(request, transaction, response, asked, identity, alive);
                            finished.put(
                                    transaction.state().reveal(),
                                    new Finished(hash(response.code().orElse("")), end(transaction, response)));
                            return reply;
                        },
                        ended -> refusal(
                                request, Cause.SESSION_ENDED, "the session has ended already: " + ended.reason()),
                        unknown -> refusal(
                                request,
                                Cause.UNAVAILABLE,
                                "Keycloak does not confirm the session: " + unknown.reason())));
    }

    /** Why the demands of this sign-in are not met: its own, and those that the application has by now. */
    private Optional<String> unmet(AuthRequest request, Transaction transaction, Identity identity) {
        StepUp application = request.application().stepUp();
        Instant now = clock.instant();
        return Stream.of(transaction.demand(), Demand.of(application))
                .flatMap(demand ->
                        demand.unmetBy(identity.authentication(), application, transaction.startedAt(), now).stream())
                .findFirst();
    }

    private Reply signedIn(
            AuthRequest request,
            Transaction transaction,
            AuthorizationResponse response,
            Instant asked,
            Identity identity,
            Verdict.Alive alive) {
        if (!identity.subject().equals(alive.identity().subject())) {
            return refusal(request, Cause.CONFIGURATION, "Keycloak says that the session is of another user");
        }
        boolean demanded = !transaction.demand().isNone()
                || !Demand.of(request.application().stepUp()).isNone();
        Identity refreshed = (demanded ? identity.asDemanded() : identity).refreshedBy(alive.identity());
        if (!refreshed.claims().leftOut().isEmpty()) {
            events.report(
                    new SignInEvent.ClaimsLeftOut(request, refreshed.claims().leftOut()));
        }
        if (refreshed.membership().leftOut() > 0) {
            events.report(new SessionEvent.GroupsLeftOut(
                    request, refreshed.membership().leftOut()));
        }
        Session session = new Session(refreshed, asked, alive.at(), policy.end(alive.endsAt(), alive.at()));
        List<SetCookie> cookies = new ArrayList<>(sessions.write(request, session));
        cookies.addAll(transactions.end(request, transaction));
        events.report(new SignInEvent.SignedIn(request, refreshed.actor()));
        transaction
                .action()
                .ifPresent(action -> events.report(new SignInEvent.ActionEnded(
                        request,
                        Optional.of(refreshed.actor()),
                        action.value(),
                        RequestedAction.status(response),
                        Optional.empty())));
        return new Reply.Redirect(end(transaction, response).value(), transactions.makingRoom(request, cookies));
    }

    private static CallbackUrl end(Transaction transaction, AuthorizationResponse response) {
        return transaction
                .action()
                .map(action -> RequestedAction.status(response))
                .map(status -> transaction.callbackUrl().with(RequestedAction.STATUS, status))
                .orElse(transaction.callbackUrl());
    }

    /** Answers an error of Keycloak, unless it comes from another server. */
    private CompletionStage<Reply> failed(
            AuthRequest request, Transaction transaction, AuthorizationResponse response) {
        try {
            return CompletableFuture.supplyAsync(() -> keycloak.issuerProblem(response.issuer()), executor)
                    .thenApply(problem -> problem.map(
                                    refused -> refusal(request, cause(refused.why()), refused.reason()))
                            .orElseGet(() -> answered(request, transaction, response)));
        } catch (RejectedExecutionException e) {
            return refused(request, Cause.UNAVAILABLE, e.getMessage());
        }
    }

    private Reply answered(AuthRequest request, Transaction transaction, AuthorizationResponse response) {
        String error = response.error().orElseThrow();
        String description = response.description().orElse("");
        if (transaction.silent() && NOBODY_SIGNED_IN.contains(error)) {
            events.report(new SignInEvent.NobodySignedIn(request));
            return new Reply.Redirect(transaction.callbackUrl().value(), transactions.end(request, transaction));
        }
        Optional<Cause> refusal = Optional.of(description)
                .filter(said -> error.equals("access_denied"))
                .map(REFUSALS::get);
        boolean cancelled = error.equals("access_denied") && description.isEmpty();
        events.report(new SignInEvent.ProviderError(
                request,
                ERROR_CODE.matcher(error).matches() ? error : "an error that is no error code",
                refusal,
                cancelled,
                transaction.action().isPresent()));
        String status = cancelled ? RequestedAction.CANCELLED : RequestedAction.ERROR;
        transaction
                .action()
                .ifPresent(action -> events.report(
                        new SignInEvent.ActionEnded(request, Optional.empty(), action.value(), status, refusal)));
        if (refusal.isPresent()) {
            return request.toErrorPage(refusal.get());
        }
        if (transaction.action().isPresent()) {
            // The person has gone away from Keycloak's pages, or the provider has failed. The session here goes on.
            return new Reply.Redirect(
                    transaction
                            .callbackUrl()
                            .with(RequestedAction.STATUS, status)
                            .value(),
                    transactions.end(request, transaction));
        }
        String code = FAILURES_OF_PROVIDERS.getOrDefault(description, "not_finished");
        return request.toSignInPage(AuthErrorCode.OAUTH_CALLBACK_ERROR, code);
    }

    private CompletionStage<Reply> refused(AuthRequest request, Cause cause, String reason) {
        return refusal(request, cause, reason).now();
    }

    private CompletionStage<Reply> notHandedOff(AuthRequest request) {
        events.report(new SignInEvent.HandOffRefused(
                request, "it was not handed off to this preview, or longer than a minute ago"));
        return request.toErrorPage(Cause.UNKNOWN_SIGN_IN).now();
    }

    /** Refuses the callback of a sign-in that this browser has begun. */
    private Reply refusal(AuthRequest request, Cause cause, String reason) {
        events.report(new SignInEvent.CallbackRefused(request, true, cause, reason));
        return request.toErrorPage(cause);
    }
}
