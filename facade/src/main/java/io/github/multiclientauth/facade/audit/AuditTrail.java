package io.github.multiclientauth.facade.audit;

import static io.github.multiclientauth.facade.audit.AuditField.APPLICATION;
import static io.github.multiclientauth.facade.audit.AuditField.CLIENT_ADDRESS;
import static io.github.multiclientauth.facade.audit.AuditField.PROVIDER;
import static io.github.multiclientauth.facade.audit.AuditField.REASON;
import static io.github.multiclientauth.facade.audit.AuditField.REFERENCE;
import static io.github.multiclientauth.facade.audit.AuditField.SESSION;
import static io.github.multiclientauth.facade.audit.Outcome.FAILURE;
import static io.github.multiclientauth.facade.audit.Outcome.REFUSED;
import static io.github.multiclientauth.facade.audit.Outcome.SUCCESS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.event.Actor;
import io.github.multiclientauth.facade.event.ApplicationChange;
import io.github.multiclientauth.facade.event.ChangesEvent;
import io.github.multiclientauth.facade.event.DirectoryEvent;
import io.github.multiclientauth.facade.event.Event;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Timestamps;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes the audit stream. Reads of the session cost nothing here: what happens at every read is not audited.
 *
 * <p>Tokens, codes and cookies never reach this class, since events have none.
 */
public final class AuditTrail implements Event.Cases {

    /** What {@code web} calls a client without an address. */
    private static final String NO_ADDRESS = "unknown";

    /** A cookie of a session that has ended can be sent any number of times. */
    private static final Duration ENDED_ONCE_IN = Duration.ofHours(1);

    private static final int MAX_ENDED = 10_000;

    private final Options options;
    private final Clock clock;
    private final Supplier<Optional<String>> traceId;
    private final Consumer<String> output;
    private final LineLimit limit;

    /** Sessions whose end was written, hashed. */
    private final Cache<String, Boolean> ended = Caffeine.newBuilder()
            .executor(Runnable::run)
            .expireAfterWrite(ENDED_ONCE_IN)
            .maximumSize(MAX_ENDED)
            .build();

    /**
     * What the operator has chosen.
     *
     * @param clientAddress whether lines have the client's address
     * @param names whether lines have the user's name and e-mail address
     * @param instance names this facade
     * @param version of the facade
     */
    public record Options(boolean clientAddress, boolean names, String instance, String version) {}

    /**
     * @param traceId the trace of what the current thread does
     * @param output writes a line, without its end. Must not fail
     */
    public AuditTrail(Options options, Clock clock, Supplier<Optional<String>> traceId, Consumer<String> output) {
        this.options = options;
        this.clock = clock;
        this.traceId = traceId;
        this.output = output;
        this.limit = new LineLimit(clock, this::leftOut);
    }

    /** The facade has started. */
    public void started() {
        write(line(AuditEvent.FACADE_START, SUCCESS).put(AuditField.VERSION, options.version()));
    }

    /** The facade stops. */
    public void stopped() {
        limit.end();
        write(line(AuditEvent.FACADE_STOP, SUCCESS).put(AuditField.VERSION, options.version()));
    }

    /** Writes how many lines were left out in a minute that is over. To be called now and then. */
    public void sweep() {
        limit.sweep();
    }

    private void leftOut(LineLimit.Kind kind, int number) {
        AuditLine line = line(AuditEvent.LINES_LEFT_OUT, SUCCESS)
                .put(AuditField.LEFT_OUT, kind.event().value())
                .put(REASON, kind.reason().value())
                .put(AuditField.LINES, number);
        write(kind.application().isEmpty() ? line : line.put(APPLICATION, kind.application()));
    }

    // Requests

    @Override
    public void on(RequestEvent.Unrecognised event) {
        // It belongs to no application. Log and metrics have it.
    }

    @Override
    public void on(RequestEvent.Malformed event) {
        // It belongs to no application. Log and metrics have it.
    }

    @Override
    public void on(RequestEvent.TooSlow event) {
        // It belongs to no application. Log and metrics have it.
    }

    @Override
    public void on(RequestEvent.NoRoom event) {
        // It belongs to no application. Log and metrics have it.
    }

    @Override
    public void on(RequestEvent.ConnectionRefused event) {
        // It belongs to no application. Log and metrics have it.
    }

    @Override
    public void on(RequestEvent.Refused event) {
        AuditReason reason = AuditReason.of(event.refusal());
        // The event of the token says why, and whose it would have been.
        if (reason != AuditReason.REFUSED_BY_KEYCLOAK) {
            eventOf(event.request().route().name())
                    .ifPresent(what -> write(event.request(), Optional.empty(), what, REFUSED, reason));
        }
    }

    /** What a refused request wanted. Empty if it wanted nothing that is audited. */
    private static Optional<AuditEvent> eventOf(String route) {
        return switch (route) {
            case "signin", "callback" -> Optional.of(AuditEvent.SIGN_IN);
            case "signout" -> Optional.of(AuditEvent.SIGN_OUT);
            case "sessions" -> Optional.of(AuditEvent.OWN_SESSIONS_END);
            case "token" -> Optional.of(AuditEvent.ACCESS_TOKEN);
            case "verify" -> Optional.of(AuditEvent.FORWARD_AUTH);
            default -> Optional.empty();
        };
    }

    @Override
    public void on(RequestEvent.ProxyRefused event) {
        AuditReason reason = event.trusted() ? AuditReason.UNCLEAR : AuditReason.NOT_TRUSTED;
        if (limit.lets(AuditEvent.FORWARD_AUTH, reason, "")) {
            AuditLine line = line(AuditEvent.FORWARD_AUTH, REFUSED)
                    .put(REASON, reason.value())
                    .put(REFERENCE, event.reference().value());
            write(withAddress(line, event.network()));
        }
    }

    @Override
    public void on(RequestEvent.Failed event) {
        // A bug, which the log has with its stack trace.
    }

    // Sign-ins

    @Override
    public void on(SignInEvent.Started event) {
        // Nobody is signed in yet. How it ends is written.
    }

    @Override
    public void on(SignInEvent.Limited event) {
        signIn(event.request(), REFUSED, AuditReason.TOO_MANY);
    }

    @Override
    public void on(SignInEvent.UnknownProvider event) {
        signIn(event.request(), REFUSED, AuditReason.PROVIDER_NOT_OFFERED);
    }

    @Override
    public void on(SignInEvent.DemandRefused event) {
        signIn(event.request(), REFUSED, AuditReason.MALFORMED_DEMAND);
    }

    @Override
    public void on(SignInEvent.KeycloakUnavailable event) {
        signIn(event.request(), FAILURE, AuditReason.KEYCLOAK_UNAVAILABLE);
    }

    @Override
    public void on(SignInEvent.ProviderError event) {
        if (event.ofAction()) {
            // The user stays signed in. The event of the action follows.
            return;
        }
        if (event.refusal().isPresent()) {
            signIn(event.request(), REFUSED, AuditReason.of(event.refusal().get()));
        } else {
            signIn(event.request(), FAILURE, event.cancelled() ? AuditReason.CANCELLED : AuditReason.PROVIDER_ERROR);
        }
    }

    @Override
    public void on(SignInEvent.NobodySignedIn event) {
        // The application has only asked whether somebody is.
    }

    @Override
    public void on(SignInEvent.CallbackRefused event) {
        signIn(event.request(), outcome(event.cause()), AuditReason.of(event.cause()));
    }

    private static Outcome outcome(Cause cause) {
        return AuditReason.of(cause) == AuditReason.KEYCLOAK_UNAVAILABLE ? FAILURE : REFUSED;
    }

    @Override
    public void on(SignInEvent.StepUpRequired event) {
        write(event.request(), Optional.of(event.actor()), AuditEvent.STEP_UP, REFUSED, AuditReason.STEP_UP_REQUIRED);
    }

    @Override
    public void on(SignInEvent.HandedOff event) {
        // The preview writes how it ends.
    }

    @Override
    public void on(SignInEvent.HandOffRefused event) {
        signIn(event.request(), REFUSED, AuditReason.HAND_OFF_REFUSED);
    }

    @Override
    public void on(SignInEvent.ClaimsLeftOut event) {
        // The sign-in is written.
    }

    @Override
    public void on(SignInEvent.ActionEnded event) {
        Outcome outcome =
                event.status().equals("success") ? SUCCESS : event.refusal().isPresent() ? REFUSED : FAILURE;
        AuditReason reason = event.refusal()
                .map(AuditReason::of)
                .orElse(event.status().equals("cancelled") ? AuditReason.CANCELLED : AuditReason.PROVIDER_ERROR);
        String application = event.request().application().clientId().value();
        if (outcome == SUCCESS || limit.lets(AuditEvent.ACCOUNT_ACTION, reason, application)) {
            AuditLine line = line(event.request(), event.actor(), AuditEvent.ACCOUNT_ACTION, outcome)
                    .put(AuditField.ACTION, event.action());
            write(outcome == SUCCESS ? line : line.put(REASON, reason.value()));
        }
    }

    @Override
    public void on(SignInEvent.SignedIn event) {
        // Keycloak may give a browser the id of a session that has ended.
        ended.invalidate(AuditLine.hash(event.actor().sid()));
        write(line(event.request(), Optional.of(event.actor()), AuditEvent.SIGN_IN, SUCCESS));
    }

    private void signIn(AuthRequest request, Outcome outcome, AuditReason reason) {
        write(request, Optional.empty(), AuditEvent.SIGN_IN, outcome, reason);
    }

    // Sessions

    @Override
    public void on(SessionEvent.Read event) {
        // Every page of every application reads the session.
    }

    @Override
    public void on(SessionEvent.Confirmed event) {
        // Nothing has happened but a question.
    }

    @Override
    public void on(SessionEvent.Ended event) {
        if (isNews(event.actor().sid())) {
            sessionEnd(event.request(), event.actor(), AuditReason.FOUND_ENDED);
        }
    }

    @Override
    public void on(SessionEvent.Unconfirmed event) {
        // Log and metrics have it.
    }

    @Override
    public void on(SessionEvent.Mismatch event) {
        // Nothing has ended at Keycloak: the true end is still to be written.
        sessionEnd(event.request(), event.actor(), AuditReason.OTHER_USER);
    }

    /** The line is limited like a refusal, since an application's server can make up any number of sessions. */
    private void sessionEnd(AuthRequest request, Actor actor, AuditReason reason) {
        write(request, Optional.of(actor), AuditEvent.SESSION_END, SUCCESS, reason);
    }

    private boolean isNews(String sid) {
        return ended.asMap().putIfAbsent(AuditLine.hash(sid), true) == null;
    }

    @Override
    public void on(SessionEvent.GroupsLeftOut event) {
        // Log and metrics have it.
    }

    @Override
    public void on(SessionEvent.OwnSessionsUnavailable event) {
        write(
                event.request(),
                Optional.empty(),
                AuditEvent.OWN_SESSIONS_END,
                FAILURE,
                AuditReason.KEYCLOAK_UNAVAILABLE);
    }

    @Override
    public void on(ChangesEvent.Unreachable event) {
        // Log and metrics have it.
    }

    @Override
    public void on(ChangesEvent.ReachedAgain event) {
        // Log and metrics have it.
    }

    @Override
    public void on(ChangesEvent.Missed event) {
        // Log and metrics have it.
    }

    @Override
    public void on(ChangesEvent.SessionEnded event) {
        // Reported once for each end, and the next end may be of a session with the same id.
        ended.put(AuditLine.hash(event.sid()), true);
        write(line(AuditEvent.SESSION_END, SUCCESS)
                .put(REASON, AuditReason.AT_KEYCLOAK.value())
                .put(SESSION, AuditLine.hash(event.sid())));
    }

    // Access tokens

    @Override
    public void on(TokenEvent.Issued event) {
        write(line(event.request(), Optional.of(event.actor()), AuditEvent.ACCESS_TOKEN, SUCCESS));
    }

    @Override
    public void on(TokenEvent.Cached event) {
        // The line of the token is written. A proxy gets it with every request.
    }

    @Override
    public void on(TokenEvent.Refused event) {
        write(
                event.request(),
                Optional.of(event.actor()),
                AuditEvent.ACCESS_TOKEN,
                REFUSED,
                event.ended() ? AuditReason.SESSION_ENDED : AuditReason.REFUSED_BY_KEYCLOAK);
    }

    @Override
    public void on(TokenEvent.Unavailable event) {
        write(
                event.request(),
                Optional.of(event.actor()),
                AuditEvent.ACCESS_TOKEN,
                FAILURE,
                AuditReason.KEYCLOAK_UNAVAILABLE);
    }

    // Sign-outs

    @Override
    public void on(SignOutEvent.SignedOut event) {
        if (event.outcome() == SignOutOutcome.NOBODY) {
            return;
        }
        AuditLine line = line(event.request(), event.actor(), AuditEvent.SIGN_OUT, SUCCESS);
        write(
                event.outcome() == SignOutOutcome.KEYCLOAK_SESSION_REMAINS
                        ? line.put(REASON, AuditReason.KEYCLOAK_SESSION_REMAINS.value())
                        : line);
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionRemains event) {
        // The sign-out is written.
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionEndedLater event) {
        write(line(AuditEvent.SIGN_OUT, SUCCESS)
                .put(REASON, AuditReason.LATER.value())
                .put(APPLICATION, event.client().value())
                .put(SESSION, AuditLine.hash(event.sid()))
                .put(REFERENCE, event.reference().value()));
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionGivenUp event) {
        write(line(AuditEvent.SIGN_OUT, FAILURE)
                .put(REASON, AuditReason.GIVEN_UP.value())
                .put(APPLICATION, event.client().value())
                .put(SESSION, AuditLine.hash(event.sid()))
                .put(REFERENCE, event.reference().value()));
    }

    @Override
    public void on(SignOutEvent.OthersEnded event) {
        write(line(event.request(), Optional.of(event.actor()), AuditEvent.OWN_SESSIONS_END, SUCCESS)
                .put(
                        AuditField.ENDED_SESSIONS,
                        event.sids().stream().map(AuditLine::hash).toList()));
    }

    @Override
    public void on(SignOutEvent.EndedByKeycloak event) {
        AuditLine line = line(AuditEvent.BACK_CHANNEL_LOGOUT, SUCCESS)
                .put(APPLICATION, event.client().value());
        event.subject().ifPresent(subject -> line.put(AuditField.USER_ID, subject));
        event.sid().ifPresent(sid -> line.put(SESSION, AuditLine.hash(sid)));
        write(line);
    }

    @Override
    public void on(SignOutEvent.LogoutTokenRefused event) {
        logoutToken(REFUSED, AuditReason.TOKEN_REFUSED);
    }

    @Override
    public void on(SignOutEvent.LogoutTokenNotChecked event) {
        logoutToken(FAILURE, AuditReason.NOT_CHECKED);
    }

    private void logoutToken(Outcome outcome, AuditReason reason) {
        if (limit.lets(AuditEvent.BACK_CHANNEL_LOGOUT, reason, "")) {
            write(line(AuditEvent.BACK_CHANNEL_LOGOUT, outcome).put(REASON, reason.value()));
        }
    }

    // The list of applications

    @Override
    public void on(DirectoryEvent.Changed event) {
        // Each application that has changed is written.
    }

    @Override
    public void on(DirectoryEvent.ApplicationChanged event) {
        ApplicationChange change = event.change();
        AuditEvent what = switch (change.kind()) {
            case ADDED -> AuditEvent.APPLICATION_ADDED;
            case CHANGED -> AuditEvent.APPLICATION_CHANGED;
            case REMOVED -> AuditEvent.APPLICATION_REMOVED;
        };
        write(line(what, SUCCESS)
                .put(APPLICATION, change.client().value())
                .put(AuditField.ORIGINS_ADDED, change.originsAdded())
                .put(AuditField.ORIGINS_REMOVED, change.originsRemoved())
                .put(AuditField.PROVIDERS_ADDED, change.providersAdded())
                .put(AuditField.PROVIDERS_REMOVED, change.providersRemoved())
                .put(
                        AuditField.SETTINGS,
                        change.settings().stream()
                                .map(setting -> setting.name().toLowerCase(Locale.ROOT))
                                .sorted()
                                .toList()));
    }

    @Override
    public void on(DirectoryEvent.Finding event) {
        // Log and doctor have it.
    }

    @Override
    public void on(DirectoryEvent.Contested event) {
        // Log and doctor have it.
    }

    @Override
    public void on(DirectoryEvent.MoreFindings event) {
        // Log and doctor have it.
    }

    @Override
    public void on(DirectoryEvent.Emptied event) {
        // Each application that is gone is written.
    }

    @Override
    public void on(DirectoryEvent.Unreachable event) {
        // Log and metrics have it.
    }

    @Override
    public void on(DirectoryEvent.ReachedAgain event) {
        // Log and metrics have it.
    }

    @Override
    public void on(DirectoryEvent.GivenUp event) {
        // Log and metrics have it.
    }

    // Lines

    /** Writes what was refused or has failed, unless there is too much of it. */
    private void write(
            AuthRequest request, Optional<Actor> actor, AuditEvent event, Outcome outcome, AuditReason reason) {
        if (limit.lets(event, reason, request.application().clientId().value())) {
            write(line(request, actor, event, outcome).put(REASON, reason.value()));
        }
    }

    private void write(AuditLine line) {
        output.accept(line.json());
    }

    private AuditLine line(AuditEvent event, Outcome outcome) {
        AuditLine line = new AuditLine()
                .put(AuditField.SCHEMA, AuditLine.SCHEMA)
                .put(AuditField.TIME, Timestamps.iso8601(clock.instant()))
                .put(AuditField.INSTANCE, options.instance())
                .put(AuditField.EVENT, event.value())
                .put(AuditField.OUTCOME, outcome.value());
        traceId.get().ifPresent(trace -> line.put(AuditField.TRACE_ID, trace));
        return line;
    }

    private AuditLine line(AuthRequest request, Optional<Actor> actor, AuditEvent event, Outcome outcome) {
        AuditLine line = line(event, outcome)
                .put(APPLICATION, request.application().clientId().value())
                .put(AuditField.ORIGIN, request.origin().toString())
                .put(REFERENCE, request.reference().value());
        actor.map(Actor::provider).or(() -> offered(request)).ifPresent(provider -> line.put(PROVIDER, provider));
        actor.ifPresent(user -> {
            line.put(AuditField.USER_ID, user.subject()).put(SESSION, AuditLine.hash(user.sid()));
            if (options.names()) {
                user.username().ifPresent(name -> line.put(AuditField.USERNAME, name));
                user.email().ifPresent(email -> line.put(AuditField.EMAIL, email));
            }
        });
        return withAddress(line, request.client().network());
    }

    /** The provider in the path, unless a stranger has made it up. */
    private static Optional<String> offered(AuthRequest request) {
        return request.route()
                .provider()
                .filter(alias -> request.application().providers().stream()
                        .anyMatch(provider -> provider.alias().equals(alias)));
    }

    private AuditLine withAddress(AuditLine line, String network) {
        return options.clientAddress() && !network.equals(NO_ADDRESS) ? line.put(CLIENT_ADDRESS, network) : line;
    }
}
