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

    /**
     * An application asked for an action of its user at Keycloak, such as linking an account, and Keycloak or the client is
     * not set up for it. Nothing was done.
     *
     * <p>To do: What the message says is missing, if the application is to have the action.
     */
    @LogMessage(level = WARN)
    @Message(id = 117, value = "Action %s at client %s of realm %s refused: %s")
    void actionNotAvailable(String action, String client, String realm, String missing);

    /**
     * A person asked for an action at an application, such as linking an account, while somebody else was signed in at
     * Keycloak in the same browser. Nothing was done to either account.
     *
     * <p>To do: Nothing. The person signs out and in again.
     */
    @LogMessage(level = INFO)
    @Message(
            id = 118,
            value =
                    "Action %s at client %s of realm %s refused: another person is signed in at Keycloak in this browser")
    void otherPerson(String action, String client, String realm);
}
