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

    @LogMessage(level = WARN)
    @Message(id = 210, value = "[%s] Request refused, no application is recognised: %s (Host %s)")
    void unrecognised(Reference reference, Recognition.Reason reason, String host);

    @LogMessage(level = INFO)
    @Message(id = 211, value = "[%s] Request refused, it is malformed: %s")
    void malformed(Reference reference, String what);

    @LogMessage(level = ERROR)
    @Message(id = 212, value = "[%s] Failed; please report this as a bug")
    void failed(Reference reference, @Cause Throwable cause);

    @LogMessage(level = INFO)
    @Message(id = 220, value = "[%s] Signed in at %s with %s")
    void signedIn(Reference reference, ClientId client, String provider);

    @LogMessage(level = WARN)
    @Message(id = 221, value = "[%s] Sign-in at %s refused: it offers no provider \"%s\"")
    void unknownProvider(Reference reference, ClientId client, String provider);

    @LogMessage(level = ERROR)
    @Message(id = 222, value = "[%s] Sign-in at %s failed, Keycloak cannot be reached (mca.issuer): %s")
    void keycloakUnavailable(Reference reference, ClientId client, String reason);

    @LogMessage(level = INFO)
    @Message(id = 223, value = "[%s] Not signed in at %s: Keycloak, or the provider behind it, answered \"%s\"")
    void providerError(Reference reference, ClientId client, String error);

    @LogMessage(level = WARN)
    @Message(id = 224, value = "[%s] Callback for %s refused: %s")
    void callbackRefused(Reference reference, ClientId client, String reason);

    @LogMessage(level = INFO)
    @Message(id = 213, value = "[%s] Request to %s of %s refused: %s")
    void refused(Reference reference, String action, ClientId client, String what);

    @LogMessage(level = DEBUG)
    @Message(id = 230, value = "[%s] Session of %s is over: %s")
    void sessionEnded(Reference reference, ClientId client, String reason);

    @LogMessage(level = WARN)
    @Message(id = 231, value = "[%s] Session of %s could not be confirmed, Keycloak was asked in vain: %s")
    void sessionUnconfirmed(Reference reference, ClientId client, String reason);

    @LogMessage(level = WARN)
    @Message(id = 232, value = "[%s] Session of %s ended: its refreshed tokens are of another user or session")
    void sessionMismatch(Reference reference, ClientId client);

    @LogMessage(level = WARN)
    @Message(id = 240, value = "[%s] Signed out at %s, but Keycloak's session may still be alive: %s")
    void keycloakSessionRemains(Reference reference, ClientId client, String reason);

    @LogMessage(level = DEBUG)
    @Message(id = 241, value = "A session of %s is over, says Keycloak (back-channel logout)")
    void endedByKeycloak(ClientId client);

    @LogMessage(level = WARN)
    @Message(id = 242, value = "Logout token refused, nobody was signed out: %s")
    void logoutTokenRefused(String reason);

    @LogMessage(level = DEBUG)
    @Message(id = 243, value = "[%s] Sign-in at %s goes on at its preview %s")
    void handedOff(Reference reference, ClientId client, Origin preview);

    @LogMessage(level = WARN)
    @Message(id = 244, value = "[%s] Sign-in of a preview of %s refused at %s: %s")
    void handOffRefused(Reference reference, ClientId client, Origin at, String reason);

    @LogMessage(level = INFO)
    @Message(id = 250, value = "The directory lists %d applications that can sign people in")
    void directoryChanged(int applications);

    @LogMessage(level = WARN)
    @Message(id = 251, value = "Directory: %s")
    void directoryFinding(String what);

    @LogMessage(level = ERROR)
    @Message(id = 252, value = "The directory of applications cannot be read: %s")
    void directoryUnreachable(String reason);

    @LogMessage(level = INFO)
    @Message(id = 253, value = "The directory of applications can be read again")
    void directoryReachedAgain();

    @LogMessage(level = ERROR)
    @Message(
            id = 254,
            value =
                    "The directory of applications could not be read for too long (mca.directory.keep-for): every request"
                            + " is refused until it can be")
    void directoryGivenUp();
}
