package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.endpoint.Endpoints.EndpointLog;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.session.SessionReads.SessionLog;
import io.github.multiclientauth.facade.signin.SignInLog;
import io.github.multiclientauth.facade.signout.BackChannelLogout.BackChannelLog;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.signout.SignOut.SignOutLog;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the operator would read, as {@code event: detail}. */
public final class RecordedLog implements EndpointLog, SignInLog, SessionLog, SignOutLog, BackChannelLog {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> outcomes = new CopyOnWriteArrayList<>();

    public List<String> lines() {
        return lines;
    }

    /** What is counted, but is no line of the log. */
    public List<String> outcomes() {
        return outcomes;
    }

    @Override
    public void started(AuthRequest request) {
        outcomes.add("started");
    }

    @Override
    public void nobodySignedIn(AuthRequest request) {
        outcomes.add("nobody signed in");
    }

    @Override
    public void answered(AuthRequest request, SessionReads.Outcome outcome) {
        outcomes.add("session: " + outcome);
    }

    @Override
    public void refreshed(AuthRequest request, String provider, SessionReads.Outcome outcome) {
        outcomes.add("refresh: " + provider + " " + outcome);
    }

    @Override
    public void signedOut(AuthRequest request, Optional<String> provider, SignOut.Outcome outcome) {
        outcomes.add("sign-out: " + provider.orElse("-") + " " + outcome);
    }

    @Override
    public void endedByKeycloak(ClientId client) {
        lines.add("ended by Keycloak at " + client);
    }

    @Override
    public void logoutTokenRefused(String reason) {
        lines.add("logout token refused: " + reason);
    }

    @Override
    public void logoutTokenNotChecked(String reason) {
        lines.add("logout token not checked: " + reason);
    }

    @Override
    public void refused(AuthRequest request, String what) {
        lines.add("refused: " + what);
    }

    @Override
    public void signInLimited(AuthRequest request, String network) {
        lines.add("too many sign-ins from " + network);
    }

    @Override
    public void unknownProvider(AuthRequest request) {
        lines.add("unknown provider");
    }

    @Override
    public void keycloakUnavailable(AuthRequest request, UnavailableException e) {
        lines.add("Keycloak unavailable");
    }

    @Override
    public void providerError(AuthRequest request, String error) {
        lines.add("provider error: " + error);
    }

    @Override
    public void callbackRefused(AuthRequest request, boolean begun, String reason) {
        outcomes.add(begun ? "callback of a sign-in that was begun" : "callback of none");
        lines.add("callback refused: " + reason);
    }

    @Override
    public void handedOff(AuthRequest request, Origin preview) {
        lines.add("handed off to " + preview);
    }

    @Override
    public void handOffRefused(AuthRequest request, String reason) {
        lines.add("hand-off refused: " + reason);
    }

    @Override
    public void signedIn(AuthRequest request) {
        lines.add("signed in");
    }

    @Override
    public void ended(AuthRequest request, String reason) {
        lines.add("ended: " + reason);
    }

    @Override
    public void unconfirmed(AuthRequest request, String reason) {
        lines.add("unconfirmed: " + reason);
    }

    @Override
    public void mismatch(AuthRequest request) {
        lines.add("mismatch");
    }

    @Override
    public void keycloakSessionRemains(AuthRequest request, String reason) {
        lines.add("Keycloak session remains: " + reason);
    }

    @Override
    public void keycloakSessionEndedLater(Reference reference, ClientId client) {
        lines.add("Keycloak session ended later at " + client);
    }

    @Override
    public void keycloakSessionGivenUp(Reference reference, ClientId client, String reason) {
        lines.add("Keycloak session given up at " + client + ": " + reason);
    }
}
