package io.github.multiclientauth.facade.log;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.wire.Reference;
import io.github.multiclientauth.origin.Origin;
import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Messages about requests. The reference in brackets is the one that a person sees on the error page. */
@MessageLogger(projectCode = "MCA", length = 5)
interface Messages extends BasicLogger {

    Messages LOG = Logger.getMessageLogger(MethodHandles.lookup(), Messages.class, "mca.request");

    /**
     * The request came to a host that is no origin of any application, or of several. Strangers cause it at will.
     *
     * <p>To do: If it is one of yours: in the console, add the origin to the client's Web origins, assign the client scope
     * {@code multi-client-auth}; see that the proxy keeps {@code Host}, or is named in {@code
     * quarkus.http.proxy.trusted-proxies}. {@code NOT_READY}: see MCA00252.
     */
    @LogMessage(level = WARN)
    @Message(id = 210, value = "[%s] Request refused, no application is recognised: %s (Host %s)")
    void unrecognised(Reference reference, Recognition.Reason reason, String host);

    /**
     * Something is not as HTTP or the contract wants it, and no client of ours sends such a thing.
     *
     * <p>To do: Nothing, unless it comes often: then look for who sends it, and for a proxy that changes requests.
     */
    @LogMessage(level = INFO)
    @Message(id = 211, value = "[%s] Request refused, it is malformed: %s")
    void malformed(Reference reference, String what);

    /**
     * A head or a body did not arrive within {@code mca.limits.request-timeout}, and the connection was closed with 408.
     *
     * <p>To do: Nothing, unless it comes often: then somebody holds connections open, or a proxy in front is very slow.
     */
    @LogMessage(level = INFO)
    @Message(id = 214, value = "Request refused, it did not arrive completely in time (mca.limits.request-timeout)")
    void tooSlow();

    /**
     * Requests that have not arrived completely would hold more than {@code mca.limits.incomplete-requests} together. The
     * oldest was closed with 503.
     *
     * <p>To do: Look for who opens so many connections and sends half requests; let a proxy in front collect requests
     * before it passes them on, as nginx does by default.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 215,
            value = "Request refused, the oldest of too many that did not arrive completely"
                    + " (mca.limits.incomplete-requests)")
    void noRoom();

    /**
     * More sign-ins were started from one address than {@code mca.limits.sign-ins-per-minute} allows; further ones get 429
     * for a while.
     *
     * <p>To do: If the address is your proxy's, name it in {@code quarkus.http.proxy.trusted-proxies}: without that all
     * people share its address. If many people share the address, raise the limit.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 216,
            value =
                    "[%s] Sign-in at %s refused: too many from %s (mca.limits.sign-ins-per-minute; a proxy that is not in"
                            + " quarkus.http.proxy.trusted-proxies counts as one address)")
    void signInLimited(Reference reference, ClientId client, String place);

    /**
     * A request can be understood in two ways (an odd Transfer-Encoding, a header twice), or a client sends requests and
     * reads no answers. The connection was closed.
     *
     * <p>To do: Nothing, unless it comes often: then look for who sends it, and for a proxy that changes requests.
     */
    @LogMessage(level = INFO)
    @Message(id = 217, value = "Request refused and its connection closed: %s")
    void connectionRefused(String what);

    /**
     * Messages of this kind are written once a minute, since strangers can cause them; so many more there were. Metrics
     * count all of them.
     *
     * <p>To do: As for the message that is named. To see each of them, {@code
     * QUARKUS_LOG_CATEGORY__MCA_REQUEST__LEVEL=DEBUG}.
     */
    @LogMessage(level = INFO)
    @Message(id = 218, value = "And %d more messages %s within a minute")
    void leftOut(long count, String kind);

    /**
     * A mistake in the facade. The person saw an error page with the reference.
     *
     * <p>To do: Report it with the stack trace.
     */
    @LogMessage(level = ERROR)
    @Message(id = 212, value = "[%s] Failed; please report this as a bug")
    void failed(Reference reference, @Cause Throwable cause);

    /**
     * Somebody signed in.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 220, value = "[%s] Signed in at %s with %s")
    void signedIn(Reference reference, ClientId client, String provider);

    /**
     * The path names a provider that the application does not offer: a mistake in its code, or a stranger.
     *
     * <p>To do: Compare the provider with {@code /api/auth/providers} of the application; enable it in Keycloak, or allow it
     * for the client.
     */
    @LogMessage(level = WARN)
    @Message(id = 221, value = "[%s] Sign-in at %s refused: it offers no provider \"%s\"")
    void unknownProvider(Reference reference, ClientId client, String provider);

    /**
     * Keycloak's metadata cannot be read, so nobody can be sent there.
     *
     * <p>To do: See that Keycloak runs and that the facade reaches {@code mca.issuer} (name, certificate, firewall).
     */
    @LogMessage(level = ERROR)
    @Message(id = 222, value = "[%s] Sign-in at %s failed, Keycloak cannot be reached (mca.issuer): %s")
    void keycloakUnavailable(Reference reference, ClientId client, String reason);

    /**
     * The person cancelled, or the provider or Keycloak refused.
     *
     * <p>To do: Nothing for {@code access_denied}, which is a person's choice. For other codes look into Keycloak's log at
     * that time.
     */
    @LogMessage(level = INFO)
    @Message(id = 223, value = "[%s] Not signed in at %s: Keycloak, or the provider behind it, answered \"%s\"")
    void providerError(Reference reference, ClientId client, String error);

    /**
     * The answer belongs to no sign-in that this browser began, is used a second time, or Keycloak did not give usable
     * tokens for it; the message says which.
     *
     * <p>To do: One now and then is a browser's Back button or an old tab. Many with the same reason: cookies that a proxy
     * drops, or Keycloak's client settings; {@code doctor} looks at those.
     */
    @LogMessage(level = WARN)
    @Message(id = 224, value = "[%s] Callback for %s refused: %s")
    void callbackRefused(Reference reference, ClientId client, String reason);

    /**
     * The request lacks what protects it, names a {@code callbackUrl} that cannot be used, or too many wait for Keycloak.
     *
     * <p>To do: If it is "too many requests wait": see why Keycloak is slow. Otherwise look at the application's code for
     * the route that the message names.
     */
    @LogMessage(level = INFO)
    @Message(id = 213, value = "[%s] Request to %s of %s refused: %s")
    void refused(Reference reference, String action, ClientId client, String what);

    /**
     * Keycloak says that the session has ended: signed out, expired or disabled.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 230, value = "[%s] Session of %s is over: %s")
    void sessionEnded(Reference reference, ClientId client, String reason);

    /**
     * The session was due to be confirmed, and Keycloak did not answer usefully. Within {@code mca.session.grace} it is
     * believed all the same.
     *
     * <p>To do: See that Keycloak answers. If the reason is an error code, compare the client's secret or key with {@code
     * mca.clients}.
     */
    @LogMessage(level = WARN)
    @Message(id = 231, value = "[%s] Session of %s could not be confirmed, Keycloak was asked in vain: %s")
    void sessionUnconfirmed(Reference reference, ClientId client, String reason);

    /**
     * Tokens came back that are not of the person whose session it is. The session is ended.
     *
     * <p>To do: Report it: Keycloak should never do that.
     */
    @LogMessage(level = WARN)
    @Message(id = 232, value = "[%s] Session of %s ended: its refreshed tokens are of another user or session")
    void sessionMismatch(Reference reference, ClientId client);

    /**
     * The cookies are gone and no copy of them works, but Keycloak could not be told, so its single sign-on may still be
     * there. Unless the request had no refresh token, Keycloak is asked again for an hour: MCA00233 or MCA00234 follows.
     *
     * <p>To do: If it comes often, see that Keycloak answers and that its {@code end_session_endpoint} is reachable.
     */
    @LogMessage(level = WARN)
    @Message(id = 240, value = "[%s] Signed out at %s, but Keycloak's session may still be alive: %s")
    void keycloakSessionRemains(Reference reference, ClientId client, String reason);

    /**
     * The good end of MCA00240: Keycloak's session has ended, too.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 233, value = "[%s] Signed out at %s: Keycloak has ended its session now")
    void keycloakSessionEndedLater(Reference reference, ClientId client);

    /**
     * The bad end of MCA00240: Keycloak did not end its session for an hour, or too many wait for that. It lasts until it
     * expires.
     *
     * <p>To do: See why Keycloak does not answer. End the session in the console if it must not last.
     */
    @LogMessage(level = WARN)
    @Message(id = 234, value = "[%s] Signed out at %s, and Keycloak's session is left until it expires: %s")
    void keycloakSessionGivenUp(Reference reference, ClientId client, String reason);

    /**
     * A logout token of Keycloak's ended a session.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 241, value = "A session of %s is over, says Keycloak (back-channel logout)")
    void endedByKeycloak(ClientId client);

    /**
     * A logout token is forged, old, used before or for no application; or Keycloak's keys could not be read.
     *
     * <p>To do: Nothing, if it comes from a stranger. If it is Keycloak's: compare {@code mca.issuer} with the token's
     * issuer, and the clocks of both machines.
     */
    @LogMessage(level = WARN)
    @Message(id = 242, value = "Logout token refused, nobody was signed out: %s")
    void logoutTokenRefused(String reason);

    /**
     * Keycloak's answer goes from the callback origin to the preview where the sign-in began.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 243, value = "[%s] Sign-in at %s goes on at its preview %s")
    void handedOff(Reference reference, ClientId client, Origin preview);

    /**
     * A preview was not given the answer, or did not take it; the message says why.
     *
     * <p>To do: One now and then is an old tab. Otherwise compare the origin with the client's patterns (mapper Preview
     * origins).
     */
    @LogMessage(level = WARN)
    @Message(id = 244, value = "[%s] Sign-in of a preview of %s refused at %s: %s")
    void handOffRefused(Reference reference, ClientId client, Origin at, String reason);

    /**
     * Something about the applications is new.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 250, value = "The directory lists %d applications that can sign people in")
    void directoryChanged(int applications);

    /**
     * Something keeps an application from working, or a part of it; the message says what. Told once.
     *
     * <p>To do: Do what the message says, in the console or in the facade's settings; {@code doctor} says the same in full.
     */
    @LogMessage(level = WARN)
    @Message(id = 251, value = "Directory: %s")
    void directoryFinding(String what);

    /**
     * The list of applications cannot be read. The last one stays in use for {@code mca.directory.keep-for}.
     *
     * <p>To do: See that Keycloak runs, that the extension is installed, and that the facade's account holds {@code
     * view-clients}; {@code doctor} finds which of them it is.
     */
    @LogMessage(level = ERROR)
    @Message(id = 252, value = "The directory of applications cannot be read: %s")
    void directoryUnreachable(String reason);

    /**
     * The end of MCA00252.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 253, value = "The directory of applications can be read again")
    void directoryReachedAgain();

    /**
     * The list was too old to be believed any longer: every request is answered with 503.
     *
     * <p>To do: As for MCA00252, and soon.
     */
    @LogMessage(level = ERROR)
    @Message(
            id = 254,
            value =
                    "The directory of applications could not be read for too long (mca.directory.keep-for): every request"
                            + " is refused until it can be")
    void directoryGivenUp();

    /**
     * The list was read, and no application of before is left that can sign people in. Readiness is down until there is one.
     *
     * <p>To do: See whether the client scope {@code multi-client-auth} was renamed or taken from the clients, or whether their
     * settings changed; MCA00251 and {@code doctor} say what is wrong with each. If the last application was removed on purpose,
     * restart the facade, or stop it.
     */
    @LogMessage(level = ERROR)
    @Message(
            id = 255,
            value = "The directory lists no application any longer that can sign people in; there were %d before")
    void directoryEmptied(int before);

    /**
     * Several clients have the same origin, or the same pattern of preview origins. The one that had it first keeps it, as long
     * as this facade runs; after a restart nobody knows which one that was, and it is nobody's. Told once.
     *
     * <p>To do: Remove it from the client that should not have it (Web origins, or the mapper Preview origins), before the
     * facade is restarted.
     */
    @LogMessage(level = WARN)
    @Message(id = 256, value = "Directory: %s")
    void originContested(String what);

    /**
     * There are so many of MCA00251 and MCA00256 that the rest is not written.
     *
     * <p>To do: Run {@code doctor}, which lists them all.
     */
    @LogMessage(level = WARN)
    @Message(id = 257, value = "Directory: %d more things are wrong; doctor lists them")
    void moreFindings(int number);
}
