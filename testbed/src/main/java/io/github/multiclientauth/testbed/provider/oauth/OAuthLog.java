package io.github.multiclientauth.testbed.provider.oauth;

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

/** Log messages about the stand-ins' decisions. They never contain a code, a token or a secret. */
@MessageLogger(projectCode = "MCA", length = 5)
interface OAuthLog extends BasicLogger {

    OAuthLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), OAuthLog.class, "mca.testbed.provider");

    @LogMessage(level = DEBUG)
    @Message(id = 940, value = "%s signs in at %s")
    void agreed(String login, String provider);

    @LogMessage(level = INFO)
    @Message(id = 941, value = "The consent page of %s refuses: %s")
    void authorizationRefused(String provider, AuthorizationFault fault);

    @LogMessage(level = INFO)
    @Message(id = 942, value = "The token endpoint of %s refuses: %s")
    void tokenRefused(String provider, TokenFault fault);

    @LogMessage(level = ERROR)
    @Message(id = 943, value = "The stand-in itself failed")
    void failed(@Cause Throwable cause);
}
