package io.github.multiclientauth.extension.rules;

import static org.jboss.logging.Logger.Level.DEBUG;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages of rules at the end of sign-ins. Refused sign-ins are logged where they are answered. */
@MessageLogger(projectCode = "MCA", length = 5)
interface RulesLog extends BasicLogger {

    RulesLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RulesLog.class, "mca.rules");

    /**
     * A sign-in replaced an older session of the same browser.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(
            id = 121,
            value =
                    "Sign-in at client %s of realm %s has replaced and ended an older session, its applications are told")
    void replacedSessionEnded(String client, String realm);

    /**
     * Another sign-in of the same person was being finished, so that Keycloak's brute force detection refused this one.
     * The person was sent to the provider once more, and noticed nothing.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(
            id = 122,
            value =
                    "Sign-in at client %s of realm %s repeated at %s: another one of the same person was being finished")
    void signInRepeated(String client, String realm, String provider);
}
