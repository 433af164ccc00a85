package io.github.multiclientauth.facade.log;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.endpoint.Endpoints.EndpointLog;
import io.github.multiclientauth.facade.metrics.Tally;
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
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Writes and counts what the deciding code reports. What a stranger may have written is made fit for a log line first. */
@Singleton
public final class OperatorLog implements EndpointLog, SignInLog, SessionLog, SignOutLog, BackChannelLog {

    /** In characters: enough to recognise a mistake, too little to fill a disk with. */
    private static final int MAX_LENGTH = 300;

    private final Tally tally;
    private final Throttle throttle;

    @Inject
    OperatorLog(Tally tally) {
        this(tally, Clock.systemUTC());
    }

    OperatorLog(Tally tally, Clock clock) {
        this.tally = tally;
        this.throttle = new Throttle(
                clock,
                (kind, count) -> Messages.LOG.leftOut(
                        count, kind.message() + (kind.of().isEmpty() ? "" : " of " + printable(kind.of()))));
    }

    /** Tells what was left out, once a minute has gone by; to be called now and then. */
    public void sweep() {
        throttle.sweep();
    }

    /**
     * Whether a message that strangers can cause is to be written: the first of its kind in a minute is. All of them are
     * where an operator looks for one of them and has turned DEBUG on.
     *
     * @param of whose kind it is
     */
    private boolean writes(int id, String of) {
        return throttle.lets(String.format(Locale.ROOT, "MCA%05d", id), of) || Messages.LOG.isDebugEnabled();
    }

    private boolean writes(int id, AuthRequest request) {
        return writes(id, client(request).value());
    }

    /** The request names no application, or none that is known. */
    public void unrecognised(Reference reference, Recognition.Reason reason, String host) {
        tally.unrecognised(reason);
        // By reason, which is one of four: a directory that cannot be read is no stranger's doing.
        if (writes(210, reason.name())) {
            Messages.LOG.unrecognised(reference, reason, printable(host));
        }
    }

    /** The request is not as HTTP or the contract wants it. */
    public void malformed(Reference reference, String what) {
        tally.malformed();
        if (writes(211, "")) {
            Messages.LOG.malformed(reference, printable(what));
        }
    }

    /**
     * A request did not arrive completely.
     *
     * @param late whether its time was over; otherwise others needed the memory
     */
    public void incomplete(boolean late) {
        tally.incomplete(late);
        if (late) {
            if (writes(214, "")) {
                Messages.LOG.tooSlow();
            }
        } else if (writes(215, "")) {
            Messages.LOG.noRoom();
        }
    }

    /** A connection was closed, since what came over it can be understood in two ways, or its answers are not read. */
    public void connectionRefused(String what) {
        tally.malformed();
        if (writes(217, "")) {
            Messages.LOG.connectionRefused(printable(what));
        }
    }

    @Override
    public void signInLimited(AuthRequest request, String place) {
        tally.signInLimited(request);
        if (writes(216, request)) {
            Messages.LOG.signInLimited(request.reference(), client(request), printable(place));
        }
    }

    /** Our fault. */
    public void failed(Reference reference, Throwable cause) {
        tally.failed();
        Messages.LOG.failed(reference, cause);
    }

    @Override
    public void refused(AuthRequest request, String what) {
        tally.notAccepted();
        if (writes(213, request)) {
            String action = request.route().name();
            Messages.LOG.refused(request.reference(), action, client(request), what);
        }
    }

    @Override
    public void started(AuthRequest request) {
        tally.signInStarted(request);
    }

    @Override
    public void nobodySignedIn(AuthRequest request) {
        tally.nobodySignedIn(request);
    }

    @Override
    public void answered(AuthRequest request, SessionReads.Outcome outcome) {
        tally.sessionRead(request, outcome);
    }

    @Override
    public void refreshed(AuthRequest request, String provider, SessionReads.Outcome outcome) {
        tally.refreshed(request, provider, outcome);
    }

    @Override
    public void signedOut(AuthRequest request, Optional<String> provider, SignOut.Outcome outcome) {
        tally.signedOut(request, provider, outcome);
    }

    @Override
    public void signedIn(AuthRequest request) {
        tally.signedIn(request);
        Messages.LOG.signedIn(request.reference(), client(request), provider(request));
    }

    @Override
    public void unknownProvider(AuthRequest request) {
        tally.signInWithUnknownProvider(request);
        if (writes(221, request)) {
            Messages.LOG.unknownProvider(request.reference(), client(request), provider(request));
        }
    }

    @Override
    public void keycloakUnavailable(AuthRequest request, UnavailableException e) {
        tally.signInWithoutKeycloak(request);
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (writes(222, request)) {
            Messages.LOG.keycloakUnavailable(request.reference(), client(request), printable(cause.toString()));
        }
    }

    @Override
    public void providerError(AuthRequest request, String error) {
        tally.providerError(request);
        if (writes(223, request)) {
            Messages.LOG.providerError(request.reference(), client(request), printable(error));
        }
    }

    @Override
    public void callbackRefused(AuthRequest request, boolean begun, String reason) {
        tally.callbackRefused(request);
        // Somebody may read out the reference of the page to the operator, and must not be left out for those who have
        // never begun a sign-in. Nor may one cause hide another: a wrong client secret is not a code used twice.
        String of = client(request).value();
        if (writes(224, begun ? of + ", sign-ins that were begun: " + printable(reason) : of)) {
            Messages.LOG.callbackRefused(request.reference(), client(request), printable(reason));
        }
    }

    @Override
    public void handedOff(AuthRequest request, Origin preview) {
        tally.handedOff(request);
        Messages.LOG.handedOff(request.reference(), client(request), preview);
    }

    @Override
    public void handOffRefused(AuthRequest request, String reason) {
        tally.handOffRefused(request);
        if (writes(244, request)) {
            Messages.LOG.handOffRefused(request.reference(), client(request), request.origin(), printable(reason));
        }
    }

    @Override
    public void ended(AuthRequest request, String reason) {
        Messages.LOG.sessionEnded(request.reference(), client(request), printable(reason));
    }

    @Override
    public void unconfirmed(AuthRequest request, String reason) {
        Messages.LOG.sessionUnconfirmed(request.reference(), client(request), printable(reason));
    }

    @Override
    public void mismatch(AuthRequest request) {
        Messages.LOG.sessionMismatch(request.reference(), client(request));
    }

    @Override
    public void keycloakSessionRemains(AuthRequest request, String reason) {
        if (writes(240, request)) {
            Messages.LOG.keycloakSessionRemains(request.reference(), client(request), printable(reason));
        }
    }

    @Override
    public void keycloakSessionEndedLater(Reference reference, ClientId client) {
        Messages.LOG.keycloakSessionEndedLater(reference, client);
    }

    @Override
    public void keycloakSessionGivenUp(Reference reference, ClientId client, String reason) {
        Messages.LOG.keycloakSessionGivenUp(reference, client, printable(reason));
    }

    @Override
    public void endedByKeycloak(ClientId client) {
        tally.endedByKeycloak(client);
        Messages.LOG.endedByKeycloak(client);
    }

    @Override
    public void logoutTokenRefused(String reason) {
        tally.logoutTokenRefused();
        if (writes(242, "")) {
            Messages.LOG.logoutTokenRefused(printable(reason));
        }
    }

    @Override
    public void logoutTokenNotChecked(String reason) {
        tally.logoutTokenRefused();
        // Apart: strangers' tokens must not hide that Keycloak's own cannot be checked.
        if (writes(242, "tokens that could not be checked")) {
            Messages.LOG.logoutTokenRefused(printable(reason));
        }
    }

    private static ClientId client(AuthRequest request) {
        return request.application().clientId();
    }

    private static String provider(AuthRequest request) {
        return request.route().provider().orElse("");
    }

    /** One line of ASCII: no forged lines, no terminal sequences, no text that runs backwards. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).forEach(c -> {
            if (c >= 0x20 && c < 0x7f) {
                printable.append((char) c);
            } else {
                printable.append("\\u{").append(Integer.toHexString(c)).append('}');
            }
        });
        return printable.toString();
    }
}
