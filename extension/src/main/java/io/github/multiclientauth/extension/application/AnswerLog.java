package io.github.multiclientauth.extension.application;

import static org.jboss.logging.Logger.Level.INFO;
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
     * <p>To do: Read the cause in the line, and the lines before it in Keycloak's log.
     */
    @LogMessage(level = WARN)
    @Message(id = 111, value = "Sign-in at client %s of realm %s failed at %s: %s")
    void failed(String client, String realm, String provider, String failure);

    /**
     * Keycloak ended the sign-in when the person came back from the provider. The provider returned no usable token, or
     * Keycloak could not use or store what the provider says.
     *
     * <p>To do: Read the lines before it in Keycloak's log. They name the cause: a wrong client secret if the token
     * endpoint refused the code, a mapper or the database otherwise.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 115,
            value =
                    "Sign-in at client %s of realm %s failed at %s: Keycloak could not use the answer, and has logged why just before")
    void unanswered(String client, String realm, String provider);

    /**
     * A person whose account is disabled, or locked after too many failed sign-ins, tried to sign in.
     *
     * <p>To do: Nothing, or Users > the user: Enabled. A lock ends by itself: Realm settings > Security defenses > Brute
     * force detection.
     */
    @LogMessage(level = INFO)
    @Message(id = 116, value = "Sign-in at client %s of realm %s refused: the account is %s (signed in with %s)")
    void accountDisabled(String client, String realm, String how, String provider);
}
