package io.github.multiclientauth.extension.rules;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the rules of applications tell the operator; refused sign-ins are logged where they are answered. */
@MessageLogger(projectCode = "MCA", length = 5)
interface RulesLog extends BasicLogger {

    RulesLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), RulesLog.class, "mca.rules");

    /**
     * Somebody's session began with a provider that this client does not allow, and asks for its tokens: single sign-on from
     * another application, or a rule that is newer than the session.
     *
     * <p>To do: Nothing: the person signs in again with a provider that is allowed.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 120,
            value =
                    "Token for client %s of realm %s refused: the session was begun with identity provider %s, which the"
                            + " client may not use")
    void tokenRefused(String client, String realm, String provider);

    /**
     * A sign-in replaced an older session of the same browser.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 121, value = "Session of another sign-in ended at client %s of realm %s, its applications are told")
    void replacedSessionEnded(String client, String realm);
}
