package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.event.Actor;
import io.github.multiclientauth.facade.event.ChangesEvent;
import io.github.multiclientauth.facade.event.DirectoryEvent;
import io.github.multiclientauth.facade.event.Event;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts events. There are as many series as there are clients, providers they offer, and outcomes: nothing that a
 * request makes up becomes a label.
 */
@Singleton
public final class Tally implements Event.Cases {

    private final OutcomeCounters<Labels, SignInOutcome> signIns;
    private final OutcomeCounters<Labels, CallbackOutcome> callbacks;
    private final OutcomeCounters<String, ReadOutcome> reads;
    private final OutcomeCounters<Labels, ConfirmationOutcome> confirmations;
    private final OutcomeCounters<String, TokenOutcome> accessTokens;
    private final OutcomeCounters<Labels, SignOutOutcome> signOuts;
    private final OutcomeCounters<String, BackChannelOutcome> backChannel;
    private final Map<RefusedRequest, Counter> refused = new EnumMap<>(RefusedRequest.class);

    public Tally(MeterRegistry registry) {
        signIns = OutcomeCounters.byProvider(
                registry, "multi.client.auth.sign.ins", "Sign-ins that were begun", SignInOutcome.class);
        callbacks = OutcomeCounters.byProvider(
                registry, "multi.client.auth.callbacks", "Answers of Keycloak to sign-ins", CallbackOutcome.class);
        reads = OutcomeCounters.byClient(
                registry, "multi.client.auth.session.reads", "Answers to who is signed in", ReadOutcome.class);
        confirmations = OutcomeCounters.byProvider(
                registry,
                "multi.client.auth.session.confirmations",
                "Questions to Keycloak whether a session lives",
                ConfirmationOutcome.class);
        accessTokens = OutcomeCounters.byClient(
                registry,
                "multi.client.auth.access.tokens",
                "Access tokens of sessions that were wanted",
                TokenOutcome.class);
        signOuts = OutcomeCounters.byProvider(
                registry, "multi.client.auth.sign.outs", "Sign-outs at applications", SignOutOutcome.class);
        backChannel = OutcomeCounters.byClient(
                registry,
                "multi.client.auth.backchannel.logouts",
                "Logout tokens that came from Keycloak, or claimed to",
                BackChannelOutcome.class);
        for (RefusedRequest reason : RefusedRequest.values()) {
            refused.put(
                    reason,
                    Counter.builder("multi.client.auth.refused.requests")
                            .description("Requests that were refused before they were looked into, or failed")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    @Override
    public void on(RequestEvent.Unrecognised event) {
        refused(RefusedRequest.of(event));
    }

    @Override
    public void on(RequestEvent.Malformed event) {
        refused(RefusedRequest.MALFORMED);
    }

    @Override
    public void on(RequestEvent.TooSlow event) {
        refused(RefusedRequest.TOO_SLOW);
    }

    @Override
    public void on(RequestEvent.NoRoom event) {
        refused(RefusedRequest.NO_ROOM);
    }

    @Override
    public void on(RequestEvent.ConnectionRefused event) {
        refused(RefusedRequest.MALFORMED);
    }

    @Override
    public void on(RequestEvent.Refused event) {
        refused(RefusedRequest.NOT_ACCEPTED);
    }

    @Override
    public void on(RequestEvent.ProxyRefused event) {
        refused(RefusedRequest.NOT_ACCEPTED);
    }

    @Override
    public void on(RequestEvent.Failed event) {
        refused(RefusedRequest.FAILED);
    }

    @Override
    public void on(SignInEvent.Started event) {
        signIn(event.request(), SignInOutcome.STARTED);
    }

    @Override
    public void on(SignInEvent.Limited event) {
        signIn(event.request(), SignInOutcome.LIMITED);
    }

    @Override
    public void on(SignInEvent.UnknownProvider event) {
        signIn(event.request(), SignInOutcome.UNKNOWN_PROVIDER);
    }

    @Override
    public void on(SignInEvent.DemandRefused event) {
        signIn(event.request(), SignInOutcome.MALFORMED_DEMAND);
    }

    @Override
    public void on(SignInEvent.KeycloakUnavailable event) {
        signIn(event.request(), SignInOutcome.KEYCLOAK_UNAVAILABLE);
    }

    @Override
    public void on(SignInEvent.ProviderError event) {
        callback(event.request(), CallbackOutcome.PROVIDER_ERROR);
    }

    @Override
    public void on(SignInEvent.ClaimsLeftOut event) {
        // The sign-in is counted.
    }

    @Override
    public void on(SignInEvent.ActionEnded event) {
        // The callback is counted.
    }

    @Override
    public void on(SignInEvent.NobodySignedIn event) {
        callback(event.request(), CallbackOutcome.NOBODY);
    }

    @Override
    public void on(SignInEvent.CallbackRefused event) {
        callback(event.request(), event.begun() ? CallbackOutcome.REFUSED : CallbackOutcome.UNKNOWN_SIGN_IN);
    }

    @Override
    public void on(SignInEvent.StepUpRequired event) {
        callback(event.request(), CallbackOutcome.STEP_UP_REQUIRED);
    }

    @Override
    public void on(SignInEvent.HandedOff event) {
        callback(event.request(), CallbackOutcome.HANDED_OFF);
    }

    @Override
    public void on(SignInEvent.HandOffRefused event) {
        callback(event.request(), CallbackOutcome.HAND_OFF_REFUSED);
    }

    @Override
    public void on(SignInEvent.SignedIn event) {
        callback(event.request(), CallbackOutcome.SIGNED_IN);
    }

    /**
     * The hot path: every page of every application asks for the session. By the client id, so that nothing is made.
     */
    @Override
    public void on(SessionEvent.Read event) {
        reads.count(event.request().application().clientId().value(), event.outcome());
    }

    @Override
    public void on(SessionEvent.Confirmed event) {
        Labels labels = Labels.of(event.request(), Optional.of(event.provider()));
        switch (event.outcome()) {
            case CONFIRMED -> confirmations.count(labels, ConfirmationOutcome.ALIVE);
            case ENDED -> confirmations.count(labels, ConfirmationOutcome.ENDED);
            case MISMATCH -> confirmations.count(labels, ConfirmationOutcome.MISMATCH);
            case GRACE, UNAVAILABLE -> confirmations.count(labels, ConfirmationOutcome.UNCONFIRMED);
            case COOKIE, NOBODY -> throw new IllegalArgumentException("Keycloak was not asked: " + event.outcome());
        }
    }

    @Override
    public void on(SessionEvent.Ended event) {
        // Counted by Read and Confirmed.
    }

    @Override
    public void on(SessionEvent.Unconfirmed event) {
        // Counted by Read and Confirmed.
    }

    @Override
    public void on(SessionEvent.Mismatch event) {
        // Counted by Read and Confirmed.
    }

    @Override
    public void on(TokenEvent.Issued event) {
        accessTokens.count(client(event.request()), TokenOutcome.ISSUED);
    }

    @Override
    public void on(TokenEvent.Cached event) {
        accessTokens.count(event.client().value(), TokenOutcome.CACHED);
    }

    @Override
    public void on(TokenEvent.Refused event) {
        accessTokens.count(client(event.request()), TokenOutcome.REFUSED);
    }

    @Override
    public void on(TokenEvent.Unavailable event) {
        accessTokens.count(client(event.request()), TokenOutcome.UNAVAILABLE);
    }

    @Override
    public void on(SessionEvent.GroupsLeftOut event) {
        // Counted by Read and Confirmed.
    }

    @Override
    public void on(SessionEvent.OwnSessionsUnavailable event) {
        // Logged only.
    }

    @Override
    public void on(ChangesEvent.Unreachable event) {
        // Logged only.
    }

    @Override
    public void on(ChangesEvent.ReachedAgain event) {
        // Logged only.
    }

    @Override
    public void on(ChangesEvent.Missed event) {
        // Logged only.
    }

    @Override
    public void on(ChangesEvent.SessionEnded event) {
        // For the audit stream.
    }

    @Override
    public void on(SignOutEvent.SignedOut event) {
        signOuts.count(Labels.of(event.request(), event.actor().map(Actor::provider)), event.outcome());
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionRemains event) {
        // Counted by SignedOut.
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionEndedLater event) {
        // Logged only.
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionGivenUp event) {
        // Logged only.
    }

    @Override
    public void on(SignOutEvent.OthersEnded event) {
        // Logged only.
    }

    @Override
    public void on(SignOutEvent.EndedByKeycloak event) {
        backChannel.count(event.client().value(), BackChannelOutcome.ENDED);
    }

    @Override
    public void on(SignOutEvent.LogoutTokenRefused event) {
        logoutTokenRefused();
    }

    @Override
    public void on(SignOutEvent.LogoutTokenNotChecked event) {
        logoutTokenRefused();
    }

    // The directory is logged only. DirectoryGauges says how it is now.

    @Override
    public void on(DirectoryEvent.Changed event) {}

    @Override
    public void on(DirectoryEvent.ApplicationChanged event) {}

    @Override
    public void on(DirectoryEvent.Finding event) {}

    @Override
    public void on(DirectoryEvent.Contested event) {}

    @Override
    public void on(DirectoryEvent.MoreFindings event) {}

    @Override
    public void on(DirectoryEvent.Emptied event) {}

    @Override
    public void on(DirectoryEvent.Unreachable event) {}

    @Override
    public void on(DirectoryEvent.ReachedAgain event) {}

    @Override
    public void on(DirectoryEvent.GivenUp event) {}

    private static String client(AuthRequest request) {
        return request.application().clientId().value();
    }

    private void refused(RefusedRequest reason) {
        refused.get(reason).increment();
    }

    private void signIn(AuthRequest request, SignInOutcome outcome) {
        signIns.count(Labels.ofProvider(request), outcome);
    }

    private void callback(AuthRequest request, CallbackOutcome outcome) {
        callbacks.count(Labels.ofProvider(request), outcome);
    }

    /** Not by the client that the token names: strangers can write one. */
    private void logoutTokenRefused() {
        backChannel.count(Labels.UNKNOWN, BackChannelOutcome.REFUSED);
    }
}
