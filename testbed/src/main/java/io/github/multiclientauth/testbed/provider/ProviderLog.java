package io.github.multiclientauth.testbed.provider;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the stand-in decides. Never a code, a token or a secret. */
@MessageLogger(projectCode = "MCA", length = 5)
interface ProviderLog extends BasicLogger {

    ProviderLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ProviderLog.class, "mca.testbed.github");

    @LogMessage(level = DEBUG)
    @Message(id = 900, value = "%s signs in")
    void agreed(String login);

    @LogMessage(level = INFO)
    @Message(id = 901, value = "The token endpoint answers %s")
    void tokenRefused(TokenError error);

    @LogMessage(level = ERROR)
    @Message(id = 902, value = "The stand-in itself failed")
    void failed(@Cause Throwable cause);
}
