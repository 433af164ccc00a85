package io.github.multiclientauth.facade.log;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.event.ChangesEvent;
import io.github.multiclientauth.facade.event.DirectoryEvent;
import io.github.multiclientauth.facade.event.Event;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reference;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes events to the log. Text that a stranger may have written is made safe for a log line first. */
@Singleton
public final class OperatorLog implements Event.Cases {

    /** In characters: enough to recognise a mistake, too little to fill a disk with. */
    private static final int MAX_LENGTH = 300;

    private static final String LACKS_TLS = "; with https it is one: name the proxy that ends TLS in"
            + " quarkus.http.proxy.trusted-proxies (docs/how-to/topologies.md)";

    private final Throttle throttle;

    @Inject
    OperatorLog() {
        this(Clock.systemUTC());
    }

    OperatorLog(Clock clock) {
        this.throttle = new Throttle(
                clock,
                (kind, count, references) -> Messages.LOG.leftOut(
                        count,
                        kind.message() + (kind.of().isEmpty() ? "" : " of " + printable(kind.of())),
                        references.stream().map(each -> " [" + each + "]").collect(Collectors.joining())));
    }

    /** Writes how many messages were left out in a minute that is over. To be called now and then. */
    public void sweep() {
        throttle.sweep();
    }

    /**
     * Whether a message that strangers can cause is written: the first of its kind in a minute is. With DEBUG on, all
     * of them are.
     *
     * @param of what the kind belongs to, a client id for example
     */
    private boolean writes(int id, String of) {
        return throttle.lets(name(id), of) || Messages.LOG.isDebugEnabled();
    }

    private boolean writes(int id, String of, Reference reference) {
        return throttle.lets(name(id), of, reference::value) || Messages.LOG.isDebugEnabled();
    }

    private boolean writes(int id, AuthRequest request) {
        return writes(id, client(request).value(), request.reference());
    }

    private static String name(int id) {
        return String.format(Locale.ROOT, "MCA%05d", id);
    }

    @Override
    public void on(RequestEvent.Unrecognised event) {
        // The kind is the reason, of which there are four: strangers do not cause a directory that cannot be read. An
        // ignored header makes a kind of its own: it says what to do.
        boolean ignored = !event.ignored().isEmpty();
        String of = event.reason().name() + (ignored ? ", a forwarded header is ignored" : "");
        if (writes(210, of, event.reference())) {
            Messages.LOG.unrecognised(
                    event.reference(), event.reason(), printable(event.origin()), printable(event.host()), hint(event));
        }
    }

    private static String hint(RequestEvent.Unrecognised event) {
        if (!event.ignored().isEmpty()) {
            return "; ignored is " + printable(event.ignored())
                    + ", which is not in quarkus.http.proxy.trusted-proxies";
        }
        return event.lacksTls() ? LACKS_TLS : "";
    }

    @Override
    public void on(RequestEvent.Malformed event) {
        if (writes(211, "", event.reference())) {
            Messages.LOG.malformed(event.reference(), printable(event.what()));
        }
    }

    @Override
    public void on(RequestEvent.TooSlow event) {
        if (writes(214, "")) {
            Messages.LOG.tooSlow();
        }
    }

    @Override
    public void on(RequestEvent.NoRoom event) {
        if (writes(215, "")) {
            Messages.LOG.noRoom();
        }
    }

    @Override
    public void on(RequestEvent.ConnectionRefused event) {
        if (writes(217, "")) {
            Messages.LOG.connectionRefused(printable(event.what()));
        }
    }

    @Override
    public void on(RequestEvent.Refused event) {
        AuthRequest request = event.request();
        if (writes(213, request)) {
            String action = request.route().name();
            Messages.LOG.refused(request.reference(), action, client(request), event.what());
        }
    }

    @Override
    public void on(RequestEvent.ProxyRefused event) {
        // Strangers must not hide what is wrong with the settings of a proxy.
        if (writes(219, event.trusted() ? "proxies" : "strangers", event.reference())) {
            Messages.LOG.proxyRefused(event.reference(), printable(event.what()));
        }
    }

    @Override
    public void on(RequestEvent.Failed event) {
        Messages.LOG.failed(event.reference(), event.cause());
    }

    @Override
    public void on(SignInEvent.Started event) {
        // Counted only.
    }

    @Override
    public void on(SignInEvent.Limited event) {
        AuthRequest request = event.request();
        if (writes(216, request)) {
            Messages.LOG.signInLimited(request.reference(), client(request), printable(event.network()));
        }
    }

    @Override
    public void on(SignInEvent.UnknownProvider event) {
        AuthRequest request = event.request();
        if (writes(221, request)) {
            Messages.LOG.unknownProvider(request.reference(), client(request), provider(request), missing(request));
        }
    }

    @Override
    public void on(SignInEvent.DemandRefused event) {
        AuthRequest request = event.request();
        if (writes(227, request)) {
            Messages.LOG.demandRefused(request.reference(), client(request), printable(event.reason()));
        }
    }

    @Override
    public void on(SignInEvent.KeycloakUnavailable event) {
        AuthRequest request = event.request();
        if (writes(222, request)) {
            Messages.LOG.keycloakUnavailable(request.reference(), client(request), printable(event.reason()));
        }
    }

    @Override
    public void on(SignInEvent.ProviderError event) {
        AuthRequest request = event.request();
        if (writes(223, request)) {
            Messages.LOG.providerError(request.reference(), client(request), printable(event.error()));
        }
    }

    @Override
    public void on(SignInEvent.ClaimsLeftOut event) {
        AuthRequest request = event.request();
        if (writes(225, request)) {
            Messages.LOG.claimsLeftOut(
                    request.reference(), client(request), printable(String.join(", ", event.names())));
        }
    }

    @Override
    public void on(SignInEvent.ActionEnded event) {
        // For the audit stream.
    }

    @Override
    public void on(SignInEvent.NobodySignedIn event) {
        // Counted only.
    }

    @Override
    public void on(SignInEvent.CallbackRefused event) {
        AuthRequest request = event.request();
        // A person may read out the page's reference to the operator. That message must not be left out because of
        // strangers who never began a sign-in. Nor may one cause hide another: a wrong client secret is not a code used
        // twice.
        String client = client(request).value();
        String of =
                client + (event.begun() ? ", sign-ins that were begun: " : ", others: ") + printable(event.reason());
        if (writes(224, of, request.reference())) {
            Messages.LOG.callbackRefused(request.reference(), client(request), printable(event.reason()));
        }
    }

    @Override
    public void on(SignInEvent.StepUpRequired event) {
        AuthRequest request = event.request();
        if (writes(226, request)) {
            Messages.LOG.stepUpRequired(request.reference(), client(request), printable(event.reason()));
        }
    }

    @Override
    public void on(SignInEvent.HandedOff event) {
        Messages.LOG.handedOff(event.request().reference(), client(event.request()), event.preview());
    }

    @Override
    public void on(SignInEvent.HandOffRefused event) {
        AuthRequest request = event.request();
        if (writes(244, request)) {
            Messages.LOG.handOffRefused(
                    request.reference(), client(request), request.origin(), printable(event.reason()));
        }
    }

    @Override
    public void on(SignInEvent.SignedIn event) {
        AuthRequest request = event.request();
        Messages.LOG.signedIn(request.reference(), client(request), provider(request));
    }

    @Override
    public void on(SessionEvent.Read event) {
        // Counted only.
    }

    @Override
    public void on(SessionEvent.Confirmed event) {
        // Counted only.
    }

    @Override
    public void on(SessionEvent.Ended event) {
        Messages.LOG.sessionEnded(event.request().reference(), client(event.request()), printable(event.reason()));
    }

    @Override
    public void on(SessionEvent.Unconfirmed event) {
        Messages.LOG.sessionUnconfirmed(
                event.request().reference(), client(event.request()), printable(event.reason()));
    }

    @Override
    public void on(SessionEvent.Mismatch event) {
        Messages.LOG.sessionMismatch(event.request().reference(), client(event.request()));
    }

    @Override
    public void on(SessionEvent.GroupsLeftOut event) {
        AuthRequest request = event.request();
        if (writes(228, request)) {
            Messages.LOG.groupsLeftOut(request.reference(), client(request), event.number());
        }
    }

    @Override
    public void on(SessionEvent.OwnSessionsUnavailable event) {
        AuthRequest request = event.request();
        if (writes(246, request)) {
            Messages.LOG.ownSessionsUnavailable(request.reference(), client(request), printable(event.reason()));
        }
    }

    @Override
    public void on(ChangesEvent.Unreachable event) {
        Messages.LOG.changesUnreachable(printable(event.reason()));
    }

    @Override
    public void on(ChangesEvent.ReachedAgain event) {
        Messages.LOG.changesReachedAgain();
    }

    @Override
    public void on(ChangesEvent.Missed event) {
        Messages.LOG.changesMissed();
    }

    @Override
    public void on(ChangesEvent.SessionEnded event) {
        // For the audit stream.
    }

    @Override
    public void on(TokenEvent.Issued event) {
        Messages.LOG.tokenIssued(client(event.request()));
    }

    @Override
    public void on(TokenEvent.Cached event) {
        // Counted only.
    }

    @Override
    public void on(TokenEvent.Refused event) {
        if (writes(259, client(event.request()).value())) {
            Messages.LOG.tokenRefused(client(event.request()), printable(event.reason()));
        }
    }

    @Override
    public void on(TokenEvent.Unavailable event) {
        if (writes(260, client(event.request()).value())) {
            Messages.LOG.tokenUnavailable(client(event.request()), printable(event.reason()));
        }
    }

    @Override
    public void on(SignOutEvent.SignedOut event) {
        // Counted only.
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionRemains event) {
        AuthRequest request = event.request();
        if (writes(240, request)) {
            Messages.LOG.keycloakSessionRemains(request.reference(), client(request), printable(event.reason()));
        }
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionEndedLater event) {
        Messages.LOG.keycloakSessionEndedLater(event.reference(), event.client());
    }

    @Override
    public void on(SignOutEvent.KeycloakSessionGivenUp event) {
        Messages.LOG.keycloakSessionGivenUp(event.reference(), event.client(), printable(event.reason()));
    }

    @Override
    public void on(SignOutEvent.OthersEnded event) {
        Messages.LOG.othersEnded(
                event.request().reference(),
                client(event.request()),
                event.sids().size());
    }

    @Override
    public void on(SignOutEvent.EndedByKeycloak event) {
        Messages.LOG.endedByKeycloak(event.client());
    }

    @Override
    public void on(SignOutEvent.LogoutTokenRefused event) {
        if (writes(242, "")) {
            Messages.LOG.logoutTokenRefused(printable(event.reason()));
        }
    }

    @Override
    public void on(SignOutEvent.LogoutTokenNotChecked event) {
        // A kind of its own: tokens of strangers must not hide that genuine ones cannot be checked.
        if (writes(242, "tokens that could not be checked")) {
            Messages.LOG.logoutTokenRefused(printable(event.reason()));
        }
    }

    @Override
    public void on(DirectoryEvent.Changed event) {
        Messages.LOG.directoryChanged(event.applications());
    }

    @Override
    public void on(DirectoryEvent.ApplicationChanged event) {
        // For the audit stream.
    }

    @Override
    public void on(DirectoryEvent.Finding event) {
        Messages.LOG.directoryFinding(printable(event.what()));
    }

    @Override
    public void on(DirectoryEvent.Contested event) {
        Messages.LOG.originContested(printable(event.what()));
    }

    @Override
    public void on(DirectoryEvent.MoreFindings event) {
        Messages.LOG.moreFindings(event.number());
    }

    @Override
    public void on(DirectoryEvent.Emptied event) {
        Messages.LOG.directoryEmptied(event.before());
    }

    @Override
    public void on(DirectoryEvent.Unreachable event) {
        Messages.LOG.directoryUnreachable(printable(event.reason()));
    }

    @Override
    public void on(DirectoryEvent.ReachedAgain event) {
        Messages.LOG.directoryReachedAgain();
    }

    @Override
    public void on(DirectoryEvent.GivenUp event) {
        Messages.LOG.directoryGivenUp();
    }

    private static ClientId client(AuthRequest request) {
        return request.application().clientId();
    }

    /** The redirect URI that is missing at a provider which the application would offer. Empty if there is no such provider. */
    private static String missing(AuthRequest request) {
        return request.application().providers().stream()
                .filter(provider -> provider.alias().equals(provider(request)))
                .map(provider -> " (no Valid redirect URI admits " + request.redirectUri(provider) + ")")
                .findFirst()
                .orElse("");
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
