package io.github.multiclientauth.facade.metrics;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.session.SessionReads.Outcome;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what happens at the routes. There are as many series as there are clients, providers they offer, and outcomes:
 * nothing that a request makes up becomes a label.
 */
@Singleton
public final class Tally {

    private final OutcomeCounters<SignInOutcome> signIns;
    private final OutcomeCounters<CallbackOutcome> callbacks;
    private final OutcomeCounters<Outcome> reads;
    private final OutcomeCounters<RefreshOutcome> refreshes;
    private final OutcomeCounters<SignOut.Outcome> signOuts;
    private final OutcomeCounters<BackChannelOutcome> backChannel;
    private final Map<RefusedRequest, Counter> refused = new EnumMap<>(RefusedRequest.class);

    public Tally(MeterRegistry registry) {
        signIns = new OutcomeCounters<>(
                registry, "multi.client.auth.sign.ins", "Sign-ins that were begun", SignInOutcome.class);
        callbacks = new OutcomeCounters<>(
                registry, "multi.client.auth.callbacks", "Answers of Keycloak to sign-ins", CallbackOutcome.class);
        reads = new OutcomeCounters<>(
                registry, "multi.client.auth.session.reads", "Answers to who is signed in", Outcome.class);
        refreshes = new OutcomeCounters<>(
                registry,
                "multi.client.auth.session.refreshes",
                "Questions to Keycloak whether a session lives",
                RefreshOutcome.class);
        signOuts = new OutcomeCounters<>(
                registry, "multi.client.auth.sign.outs", "Sign-outs at applications", SignOut.Outcome.class);
        backChannel = new OutcomeCounters<>(
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

    public void signInStarted(AuthRequest request) {
        signIns.count(Labels.ofProvider(request), SignInOutcome.STARTED);
    }

    public void signInWithUnknownProvider(AuthRequest request) {
        signIns.count(Labels.ofProvider(request), SignInOutcome.UNKNOWN_PROVIDER);
    }

    public void signInWithoutKeycloak(AuthRequest request) {
        signIns.count(Labels.ofProvider(request), SignInOutcome.KEYCLOAK_UNAVAILABLE);
    }

    public void signInLimited(AuthRequest request) {
        signIns.count(Labels.ofProvider(request), SignInOutcome.LIMITED);
    }

    public void signedIn(AuthRequest request) {
        callback(request, CallbackOutcome.SIGNED_IN);
    }

    public void providerError(AuthRequest request) {
        callback(request, CallbackOutcome.PROVIDER_ERROR);
    }

    public void nobodySignedIn(AuthRequest request) {
        callback(request, CallbackOutcome.NOBODY);
    }

    public void callbackRefused(AuthRequest request) {
        callback(request, CallbackOutcome.REFUSED);
    }

    public void handedOff(AuthRequest request) {
        callback(request, CallbackOutcome.HANDED_OFF);
    }

    public void handOffRefused(AuthRequest request) {
        callback(request, CallbackOutcome.HAND_OFF_REFUSED);
    }

    /** The hot path: every page of every application asks for the session. */
    public void sessionRead(AuthRequest request, Outcome outcome) {
        reads.count(Labels.ofClient(request), outcome);
    }

    /** @param provider with which the person signed in */
    public void refreshed(AuthRequest request, String provider, Outcome outcome) {
        Labels labels = Labels.of(request, Optional.of(provider));
        switch (outcome) {
            case CONFIRMED -> refreshes.count(labels, RefreshOutcome.RENEWED);
            case ENDED -> refreshes.count(labels, RefreshOutcome.ENDED);
            case MISMATCH -> refreshes.count(labels, RefreshOutcome.MISMATCH);
            case GRACE, UNAVAILABLE -> refreshes.count(labels, RefreshOutcome.UNCONFIRMED);
            case COOKIE, NOBODY, NOT_RENEWABLE ->
                throw new IllegalArgumentException("Keycloak was not asked: " + outcome);
        }
    }

    /** @param provider with which the person had signed in, where that is known */
    public void signedOut(AuthRequest request, Optional<String> provider, SignOut.Outcome outcome) {
        signOuts.count(Labels.of(request, provider), outcome);
    }

    /** @param client one whose token is genuine */
    public void endedByKeycloak(ClientId client) {
        backChannel.count(Labels.ofClient(client.value()), BackChannelOutcome.ENDED);
    }

    /** Whatever client it names: anybody can write one. */
    public void logoutTokenRefused() {
        backChannel.count(Labels.ofClient(Labels.UNKNOWN), BackChannelOutcome.REFUSED);
    }

    public void unrecognised(Recognition.Reason reason) {
        refused.get(RefusedRequest.of(reason)).increment();
    }

    public void malformed() {
        refused.get(RefusedRequest.MALFORMED).increment();
    }

    /** @param late whether its time was over; otherwise others needed the memory */
    public void incomplete(boolean late) {
        refused.get(late ? RefusedRequest.TOO_SLOW : RefusedRequest.NO_ROOM).increment();
    }

    public void notAccepted() {
        refused.get(RefusedRequest.NOT_ACCEPTED).increment();
    }

    public void failed() {
        refused.get(RefusedRequest.FAILED).increment();
    }

    private void callback(AuthRequest request, CallbackOutcome outcome) {
        callbacks.count(Labels.ofProvider(request), outcome);
    }
}
