package io.github.multiclientauth.extension.application;

import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages about sign-ins that end with an answer to the application. */
@MessageLogger(projectCode = "MCA", length = 5)
interface AnswerLog extends BasicLogger {

    AnswerLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), AnswerLog.class, "mca.broker");

    /**
     * A person or an application tried a provider that the client's rules do not allow.
     *
     * <p>To do: Nothing, if the rule is intended. Otherwise change the mapper Allowed identity providers of the client.
     */
    @LogMessage(level = WARN)
    @Message(id = 110, value = "Sign-in at client %s of realm %s refused: it may not use identity provider %s")
    void notAllowed(String client, String realm, String provider);

    /**
     * The provider's answer could not be used.
     *
     * <p>To do: Read the lines before it in Keycloak's log. A wrong client id or secret of the identity provider is the
     * usual cause.
     */
    @LogMessage(level = WARN)
    @Message(id = 111, value = "Sign-in at client %s of realm %s failed at %s: %s")
    void failed(String client, String realm, String provider, String failure);

    /**
     * The provider accepted the code and did not return a usable token.
     *
     * <p>To do: Read the lines before it in Keycloak's log. A wrong client secret is the usual cause.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 115,
            value =
                    "Sign-in at client %s of realm %s failed at %s: no usable token for the code, Keycloak has logged why")
    void unanswered(String client, String realm, String provider);
}
