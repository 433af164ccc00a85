package io.github.multiclientauth.extension.token;

import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages about tokens that are refused. */
@MessageLogger(projectCode = "MCA", length = 5)
interface TokenLog extends BasicLogger {

    TokenLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), TokenLog.class, "mca.rules");

    /**
     * A session that began with a provider that this client's rules do not allow asks for its tokens. The cause is
     * single sign-on from another application, or a rule that is newer than the session.
     *
     * <p>To do: Nothing. The person signs in again with a provider that is allowed.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 120,
            value =
                    "Token for client %s of realm %s refused: the session was begun with identity provider %s, which the"
                            + " client may not use")
    void tokenRefused(String client, String realm, String provider);
}
