package io.github.multiclientauth.extension.broker;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.WARN;

import io.github.multiclientauth.extension.provider.LendingPolicy.Loan;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages about identity providers. */
@MessageLogger(projectCode = "MCA", length = 5)
interface BrokerLog extends BasicLogger {

    BrokerLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), BrokerLog.class, "mca.broker");

    /**
     * The identity provider that should lend its client id and secret cannot, so the shared ones are used.
     *
     * <p>To do: Do what the reason says, in the settings of that identity provider.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 112,
            value = "Identity provider %s of realm %s does not lend its credentials, the shared ones are used: %s")
    void notLent(String lender, String realm, Loan.Reason reason);

    /**
     * A sign-in uses the application's own credentials at the provider.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 113, value = "Client %s of realm %s uses the credentials of identity provider %s")
    void lent(String client, String realm, String lender);

    /**
     * The Authorization URL of an identity provider is no http or https URL.
     *
     * <p>To do: Correct the field Authorization URL of that identity provider, or empty it.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 114,
            value =
                    "Authorization URL of identity provider %s of realm %s is ignored, the provider's own is used: enter"
                            + " an http or https URL")
    void authorizationUrlIgnored(String provider, String realm);

    /**
     * For a person whom the realm knows, the provider has an e-mail address that another account has, that Keycloak would
     * change, or that the user profile refuses. The sign-in goes on, and the account keeps its address.
     *
     * <p>To do: Nothing, unless both accounts are one person's. Then join them by hand.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 133,
            value =
                    "User %s of realm %s keeps its e-mail address: the one from %s belongs to another account, Keycloak would change it, or the user profile refuses it")
    void addressKept(String userId, String realm, String provider);

    /**
     * A mapper would give an account a user name that another account has, or that is too long. The sign-in goes on, and the account keeps
     * its name.
     *
     * <p>To do: Choose another template in the identity provider's mapper of user names, or rename one of the accounts.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 134,
            value =
                    "User %s of realm %s keeps its user name: the one from a mapper of %s belongs to another account or is too long")
    void userNameKept(String userId, String realm, String provider);

    /**
     * A provider has sent values that the realm's user profile or Keycloak's database refuses, such as the address of a
     * picture with more than 2,048 characters. The sign-in goes on without them. An account keeps what it had.
     *
     * <p>To do: Nothing, or allow such values: Realm settings, User profile, the attribute, Validations.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 136,
            value = "In realm %s, %s from %s is ignored for %s: the user profile or the database refuses the value")
    void valuesIgnored(String realm, List<String> attributes, String provider, String whose);
}
