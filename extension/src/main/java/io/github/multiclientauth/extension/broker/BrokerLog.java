package io.github.multiclientauth.extension.broker;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the identity providers tell the operator. */
@MessageLogger(projectCode = "MCA", length = 5)
interface BrokerLog extends BasicLogger {

    BrokerLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), BrokerLog.class, "mca.broker");

    @LogMessage(level = WARN)
    @Message(id = 110, value = "Sign-in at client %s of realm %s refused: it may not use identity provider %s")
    void notAllowed(String client, String realm, String provider);

    @LogMessage(level = WARN)
    @Message(id = 111, value = "Sign-in at client %s of realm %s failed at %s: %s")
    void failed(String client, String realm, String provider, String failure);

    @LogMessage(level = WARN)
    @Message(
            id = 112,
            value = "Identity provider %s of realm %s lends its credentials to nobody, the shared ones are used: %s")
    void notLent(String lender, String realm, Loan.Reason reason);

    @LogMessage(level = DEBUG)
    @Message(id = 113, value = "Client %s of realm %s uses the credentials of identity provider %s")
    void lent(String client, String realm, String lender);

    @LogMessage(level = WARN)
    @Message(
            id = 114,
            value = "Authorization URL of identity provider %s of realm %s is not used, the provider's own is: an"
                    + " http or https URL is wanted")
    void authorizationUrlIgnored(String provider, String realm);

    @LogMessage(level = WARN)
    @Message(
            id = 115,
            value =
                    "Sign-in at client %s of realm %s failed at %s: no usable answer to the code, Keycloak has logged why")
    void unanswered(String client, String realm, String provider);
}
