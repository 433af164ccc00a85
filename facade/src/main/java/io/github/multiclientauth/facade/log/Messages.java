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

/** The messages about requests and the directory. The reference in brackets is the one on the error page. */
@MessageLogger(projectCode = "MCA", length = 5)
interface Messages extends BasicLogger {

    Messages LOG = Logger.getMessageLogger(MethodHandles.lookup(), Messages.class, "mca.request");

    /**
     * The request came to a host that is not an origin of any application, or is claimed by several. Strangers can
     * cause it at will. The message has the origin that the facade has computed, and the {@code Host} header, as a
     * trusted proxy forwards it.
     *
     * <p>To do: If it is an origin of yours, add it to the client's Web origins and assign the client scope {@code
     * multi-client-auth}. If it is not the one in the browser's address bar, the proxy must keep {@code Host}, or be
     * named in {@code quarkus.http.proxy.trusted-proxies}: if the message says that a header is ignored, its sender is
     * such a proxy, or a stranger. {@code NOT_READY}: see MCA00252.
     */
    @LogMessage(level = WARN)
    @Message(id = 210, value = "[%s] Request refused, no application is recognised: %s (origin %s, Host %s)%s")
    void unrecognised(Reference reference, Recognition.Reason reason, String origin, String host, String hint);

    /**
     * The request breaks the rules of HTTP or of the contract. The facade's clients send no such requests.
     *
     * <p>To do: Nothing, unless it happens often. Then find out who sends the requests, and whether a proxy changes
     * them.
     */
    @LogMessage(level = INFO)
    @Message(id = 211, value = "[%s] Request refused, it is malformed: %s")
    void malformed(Reference reference, String what);

    /**
     * A head or a body did not arrive within {@code mca.limits.request-timeout}, and the connection was closed with
     * 408.
     *
     * <p>To do: Nothing, unless it happens often. Then somebody holds connections open, or a proxy in front is very
     * slow.
     */
    @LogMessage(level = INFO)
    @Message(id = 214, value = "Request refused, it did not arrive completely in time (mca.limits.request-timeout)")
    void tooSlow();

    /**
     * Together, incomplete requests would hold more memory than {@code mca.limits.incomplete-requests}. The oldest was
     * closed with 503.
     *
     * <p>To do: Find out who opens so many connections and sends incomplete requests. Let a proxy in front collect
     * requests before it passes them on, as nginx does by default.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 215,
            value = "Request refused, the oldest of too many that did not arrive completely"
                    + " (mca.limits.incomplete-requests)")
    void noRoom();

    /**
     * More sign-ins were started from one address than {@code mca.limits.sign-ins-per-minute} allows. Further ones get
     * 429 for a while.
     *
     * <p>To do: If the address is your proxy's, name it in {@code quarkus.http.proxy.trusted-proxies}. Otherwise all
     * users share its address. If many users share the address, raise the limit.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 216,
            value =
                    "[%s] Sign-in at %s refused: too many from %s (mca.limits.sign-ins-per-minute; a proxy that is not in"
                            + " quarkus.http.proxy.trusted-proxies counts as one address)")
    void signInLimited(Reference reference, ClientId client, String place);

    /**
     * A request is ambiguous (an odd Transfer-Encoding, a repeated header), or a client sends requests and does not
     * read the answers. The connection was closed.
     *
     * <p>To do: Nothing, unless it comes often: then look for who sends it, and for a proxy that changes requests.
     */
    @LogMessage(level = INFO)
    @Message(id = 217, value = "Request refused and its connection closed: %s")
    void connectionRefused(String what);

    /**
     * Strangers can cause messages of this kind, so only one a minute is written. This is the number of those left out, and
     * the references that people saw, up to twenty. Metrics count all of them.
     *
     * <p>To do: The same as for the message that it names. To see every message, set {@code
     * QUARKUS_LOG_CATEGORY__MCA_REQUEST__LEVEL=DEBUG}.
     */
    @LogMessage(level = INFO)
    @Message(id = 218, value = "And %d more messages %s within a minute%s")
    void leftOut(long count, String kind, String references);

    /**
     * A reverse proxy's question who is signed in ({@code /api/auth/verify}) was not answered. The message says why.
     *
     * <p>To do: If your proxy asked, correct its settings as the message says (docs/how-to/call-an-api.md). Otherwise
     * nothing: a stranger asked.
     */
    @LogMessage(level = WARN)
    @Message(id = 219, value = "[%s] Forward authentication refused: %s")
    void proxyRefused(Reference reference, String what);

    /**
     * A bug in the facade. The person saw an error page with the reference.
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
     * The path names a provider that the application does not offer. It is a mistake in the application's code, or a
     * stranger.
     *
     * <p>To do: Compare the provider with {@code /api/auth/providers} of the application. Enable it in Keycloak, allow it
     * for the client, or add the redirect URI that the message names.
     */
    @LogMessage(level = WARN)
    @Message(id = 221, value = "[%s] Sign-in at %s refused: it offers no provider \"%s\"%s")
    void unknownProvider(Reference reference, ClientId client, String provider, String missing);

    /**
     * Keycloak's metadata cannot be read, names another issuer than {@code mca.issuer}, or there is no such realm. Nobody
     * can sign in.
     *
     * <p>To do: "cannot be reached": check that Keycloak runs and that the facade reaches {@code mca.issuer} (name,
     * certificate, firewall). "is not the name of this Keycloak": set {@code mca.issuer} to what the message says that
     * Keycloak calls itself, or Keycloak's {@code hostname} to what people use. "names no realm": correct the realm's
     * name in {@code mca.issuer}.
     */
    @LogMessage(level = ERROR)
    @Message(id = 222, value = "[%s] Sign-in at %s failed: %s")
    void keycloakUnavailable(Reference reference, ClientId client, String reason);

    /**
     * The person cancelled, or the provider or Keycloak refused.
     *
     * <p>To do: Nothing for {@code access_denied}: the person cancelled. For other codes look into Keycloak's log at
     * that time.
     */
    @LogMessage(level = INFO)
    @Message(id = 223, value = "[%s] Not signed in at %s: Keycloak, or the provider behind it, answered \"%s\"")
    void providerError(Reference reference, ClientId client, String error);

    /**
     * The answer belongs to no sign-in of this browser, is used a second time, or Keycloak did not return usable tokens
     * for it. The message says which.
     *
     * <p>To do: Nothing for a single one: it is a browser's Back button or an old tab. If there are many with the same
     * reason, a proxy drops cookies, or Keycloak's client settings are wrong. {@code doctor} checks those.
     */
    @LogMessage(level = WARN)
    @Message(id = 224, value = "[%s] Callback for %s refused: %s")
    void callbackRefused(Reference reference, ClientId client, String reason);

    /**
     * Somebody signed in, and the session lacks claims that a mapper has added below {@code claims}.
     *
     * <p>To do: Give them texts, numbers, true or false, or lists of texts, a name of letters, digits, - and _, and 1,000 bytes
     * together. Long names and e-mail addresses leave less room.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 225,
            value =
                    "[%s] Signed in at %s without these members of the claim claims, which cannot be used or have no room: %s")
    void claimsLeftOut(Reference reference, ClientId client, String names);

    /**
     * The user has more groups and roles than a session has room for, or some with unusable names. Servers behind a
     * reverse proxy do not learn the rest, and rules about them are not met.
     *
     * <p>To do: Put the user into fewer groups, or give the client fewer roles: its dedicated scope, tab Scope.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 228,
            value = "[%s] Session of %s is without %d of the user's groups and roles: there is no room for them")
    void groupsLeftOut(Reference reference, ClientId client, int number);

    /**
     * The user came back from Keycloak, and did not authenticate as this sign-in or the application demands: too long ago, or
     * at a lower level. Nobody was signed in, and a session that the browser has goes on. A user who changes the address of
     * Keycloak's login page causes this, too.
     *
     * <p>To do: Nothing for a single one: the user can try again. If it happens at every sign-in, the message says what may
     * be missing in Keycloak: a client scope, a level in the browser flow, a name in the client's ACR to LoA Mapping.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 226,
            value = "[%s] Not signed in at %s, since the authentication is not the one that was demanded: %s")
    void stepUpRequired(Reference reference, ClientId client, String reason);

    /**
     * The application's request for a sign-in has a {@code max_age}, {@code acr_values} or {@code prompt} that Keycloak would
     * ignore, or fail on. The user sees an error page.
     *
     * <p>To do: Correct the application's code: the message quotes the parameter.
     */
    @LogMessage(level = WARN)
    @Message(id = 227, value = "[%s] Sign-in at %s refused: %s")
    void demandRefused(Reference reference, ClientId client, String reason);

    /**
     * The request lacks its CSRF protection, has an unusable {@code callbackUrl}, is not from the application's server (at
     * {@code token}), or too many requests wait for Keycloak.
     *
     * <p>To do: If it is "too many requests wait", find out why Keycloak is slow. Otherwise check the application's
     * code for the route in the message.
     */
    @LogMessage(level = INFO)
    @Message(id = 213, value = "[%s] Request to %s of %s refused: %s")
    void refused(Reference reference, String action, ClientId client, String what);

    /**
     * Keycloak says that the session has ended: the user signed out or was disabled, or the session expired.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 230, value = "[%s] Session of %s has ended: %s")
    void sessionEnded(Reference reference, ClientId client, String reason);

    /**
     * The session had to be confirmed, and Keycloak did not give a usable answer. Within {@code mca.session.grace} the
     * session stays valid.
     *
     * <p>To do: Check that Keycloak answers, and do what the reason says.
     */
    @LogMessage(level = WARN)
    @Message(id = 231, value = "[%s] Session of %s could not be confirmed by Keycloak: %s")
    void sessionUnconfirmed(Reference reference, ClientId client, String reason);

    /**
     * Keycloak's answer is about another user than the session. The session is ended.
     *
     * <p>To do: Report it: Keycloak should never do that.
     */
    @LogMessage(level = WARN)
    @Message(id = 232, value = "[%s] Session of %s ended: Keycloak says that it is of another user")
    void sessionMismatch(Reference reference, ClientId client);

    /**
     * The cookie is cleared and no copy of it works at this replica, but Keycloak could not be reached. Its single
     * sign-on session may still be alive, and so a copy of the cookie at other replicas. The facade tries again for an
     * hour: MCA00233 or MCA00234 follows.
     *
     * <p>To do: If it happens often, check that Keycloak answers.
     */
    @LogMessage(level = WARN)
    @Message(id = 240, value = "[%s] Signed out at %s, but Keycloak's session may still be alive: %s")
    void keycloakSessionRemains(Reference reference, ClientId client, String reason);

    /**
     * MCA00240 is resolved: Keycloak's session has ended, too.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 233, value = "[%s] Signed out at %s: Keycloak has ended its session now")
    void keycloakSessionEndedLater(Reference reference, ClientId client);

    /**
     * MCA00240 is not resolved: Keycloak's session could not be ended for an hour, or too many are waiting. It lasts
     * until it expires.
     *
     * <p>To do: Find out why Keycloak does not answer. If the session must not last, end it in the console.
     */
    @LogMessage(level = WARN)
    @Message(id = 234, value = "[%s] Signed out at %s, and Keycloak's session is left until it expires: %s")
    void keycloakSessionGivenUp(Reference reference, ClientId client, String reason);

    /**
     * The list of what has changed at Keycloak cannot be read. Until it can, a session that ended elsewhere, or a user
     * who was disabled, is noticed when the session is next confirmed ({@code mca.session.revalidate-after}).
     *
     * <p>To do: Do what the reason says. The facade tries again every two seconds.
     */
    @LogMessage(level = WARN)
    @Message(id = 235, value = "Changes of sessions and users cannot be read from Keycloak: %s")
    void changesUnreachable(String reason);

    /**
     * MCA00235 is resolved.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 236, value = "Changes of sessions and users can be read from Keycloak again")
    void changesReachedAgain();

    /**
     * Keycloak was restarted, or more has changed than it remembers. Every session is confirmed at its next read, which
     * costs Keycloak some work for a while.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(
            id = 237,
            value = "Keycloak does not remember all changes since the last question: every session is confirmed again")
    void changesMissed();

    /**
     * A user wanted to see or end the own sessions, and Keycloak could not be asked, or did not answer as it should. The user
     * saw a page that says so.
     *
     * <p>To do: Do what the reason says. If it says that there is nothing at the address, install the extension of the same
     * release in Keycloak.
     */
    @LogMessage(level = WARN)
    @Message(id = 246, value = "[%s] A user of %s cannot see or end the own sessions: %s")
    void ownSessionsUnavailable(Reference reference, ClientId client, String reason);

    /**
     * A user has ended other sessions of their own.
     *
     * <p>To do: Nothing. Keycloak has an event {@code LOGOUT} for each.
     */
    @LogMessage(level = INFO)
    @Message(id = 247, value = "[%s] A user of %s has ended %d other sessions")
    void othersEnded(Reference reference, ClientId client, int number);

    /**
     * A logout token of Keycloak ended a session.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 241, value = "Keycloak ended a session of %s (back-channel logout)")
    void endedByKeycloak(ClientId client);

    /**
     * A logout token is forged, expired, already used or for no application, or Keycloak's keys could not be read.
     *
     * <p>To do: Nothing, if a stranger sent it. If Keycloak did, compare {@code mca.issuer} with the token's issuer,
     * and the clocks of both machines.
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
    @Message(id = 243, value = "[%s] Sign-in at %s continues at its preview %s")
    void handedOff(Reference reference, ClientId client, Origin preview);

    /**
     * A preview did not receive the answer, or did not accept it. The message says why.
     *
     * <p>To do: Nothing for a single one: it is an old tab. Otherwise compare the origin with the client's patterns
     * (mapper Preview origins).
     */
    @LogMessage(level = WARN)
    @Message(id = 244, value = "[%s] Sign-in of a preview of %s refused at %s: %s")
    void handOffRefused(Reference reference, ClientId client, Origin at, String reason);

    /**
     * The list of applications has changed.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 250, value = "The directory lists %d applications that can sign people in")
    void directoryChanged(int applications);

    /**
     * A setting keeps an application, or a part of it, from working. The message says which. Reported once.
     *
     * <p>To do: Do what the message says, in the console or in the facade's settings. {@code doctor} says the same in
     * full.
     */
    @LogMessage(level = WARN)
    @Message(id = 251, value = "Directory: %s")
    void directoryFinding(String what);

    /**
     * The list of applications cannot be read. The last one stays in use for {@code mca.directory.keep-for}.
     *
     * <p>To do: Check that Keycloak runs, that the extension is installed, and that the facade's account holds {@code
     * view-clients}. {@code doctor} finds which of them it is.
     */
    @LogMessage(level = ERROR)
    @Message(id = 252, value = "The directory of applications cannot be read: %s")
    void directoryUnreachable(String reason);

    /**
     * MCA00252 is resolved.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = INFO)
    @Message(id = 253, value = "The directory of applications can be read again")
    void directoryReachedAgain();

    /**
     * The list is older than {@code mca.directory.keep-for}. Every request is answered with 503.
     *
     * <p>To do: The same as for MCA00252, at once.
     */
    @LogMessage(level = ERROR)
    @Message(
            id = 254,
            value =
                    "The directory of applications could not be read for too long (mca.directory.keep-for): every request"
                            + " is refused until it can be")
    void directoryGivenUp();

    /**
     * The list was read, and none of the earlier applications can sign people in any longer. Readiness is down until
     * one can.
     *
     * <p>To do: Check whether the client scope {@code multi-client-auth} was renamed or removed from the clients, or
     * whether their settings changed. MCA00251 and {@code doctor} say what is wrong with each. If the last application
     * was removed on purpose, restart the facade, or stop it.
     */
    @LogMessage(level = ERROR)
    @Message(
            id = 255,
            value = "The directory no longer lists any application that can sign people in; there were %d before")
    void directoryEmptied(int before);

    /**
     * Several clients have the same origin, or the same pattern of preview origins. The client that had it first keeps
     * it while this facade runs. After a restart that is unknown, and no client gets it. Reported once.
     *
     * <p>To do: Before the facade is restarted, remove it from the client that should not have it (Web origins, or the
     * mapper Preview origins).
     */
    @LogMessage(level = WARN)
    @Message(id = 256, value = "Directory: %s")
    void originContested(String what);

    /**
     * There are too many messages MCA00251 and MCA00256 to write all of them.
     *
     * <p>To do: Run {@code doctor}, which lists all of them.
     */
    @LogMessage(level = WARN)
    @Message(id = 257, value = "Directory: %d more things are wrong; doctor lists them")
    void moreFindings(int number);

    /**
     * Keycloak has issued an access token of a session, for the application's server or for a reverse proxy.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 258, value = "Access token of a session at %s issued")
    void tokenIssued(ClientId client);

    /**
     * An application's server or a reverse proxy wants an access token, and gets none: the session is over, or the settings
     * in Keycloak allow none. The message says which. Keycloak has an event {@code TOKEN_EXCHANGE_ERROR} of it.
     *
     * <p>To do: Nothing for a session that is over. Otherwise correct the mapper API access of the client, or what the
     * message names. {@code doctor} finds the usual mistakes.
     */
    @LogMessage(level = INFO)
    @Message(id = 259, value = "Access token of a session at %s refused: %s")
    void tokenRefused(ClientId client, String reason);

    /**
     * An application's server or a reverse proxy wants an access token, and Keycloak did not answer, or does not let the
     * facade ask. Tokens that were issued before are used until they expire.
     *
     * <p>To do: Check that Keycloak answers, and do what the reason says: the role {@code multi-client-auth-tokens} is
     * missing in a realm that was adopted before there was API access.
     */
    @LogMessage(level = WARN)
    @Message(id = 260, value = "Access token of a session at %s could not be had from Keycloak: %s")
    void tokenUnavailable(ClientId client, String reason);
}
