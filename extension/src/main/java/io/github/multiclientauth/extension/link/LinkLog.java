package io.github.multiclientauth.extension.link;

import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages about linked accounts. */
@MessageLogger(projectCode = "MCA", length = 5)
interface LinkLog extends BasicLogger {

    LinkLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), LinkLog.class, "mca.link");

    /**
     * An account at a provider was linked without a question, since both sides have verified the address.
     *
     * <p>To do: Nothing. The line is for audits.
     */
    @LogMessage(level = INFO)
    @Message(
            id = 130,
            value = "User %s of realm %s is linked to an account at %s with the same verified e-mail address")
    void linked(String userId, String realm, String provider);

    /**
     * A person has an account already and has no way to prove that it is theirs, so the sign-in is refused.
     *
     * <p>To do: Give the realm an e-mail server, or the person a password or another identity provider.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 131,
            value =
                    "Sign-in refused: user %s of realm %s has the e-mail address or user name of an account at %s, and no"
                            + " way to prove that it is theirs (no password, no e-mail server, no other identity provider)")
    void noWay(String userId, String realm, String provider);

    /**
     * A person has proved an e-mail address, by a provider that is trusted with it or by a click in an e-mail. An
     * account that had the address without having proved it has lost it, and its sessions have ended. The person gets
     * an account of their own.
     *
     * <p>To do: Nothing, if the account was a stranger's. If both accounts are one person's, join them by hand: see
     * docs/how-to/linking.md.
     */
    @LogMessage(level = INFO)
    @Message(
            id = 132,
            value =
                    "User %s of realm %s has lost an e-mail address that it never verified to another person who has proved it, at %s")
    void addressTaken(String userId, String realm, String provider);

    /**
     * A person has followed the link for a new password, to an e-mail address that the account had never verified. That
     * account has lost the address, and its sessions have ended. The person gets an account of their own, and sets its
     * password.
     *
     * <p>To do: Nothing, if the account was a stranger's. If both accounts are one person's, join them by hand: see
     * docs/how-to/linking.md.
     */
    @LogMessage(level = INFO)
    @Message(
            id = 135,
            value =
                    "User %s of realm %s has lost an e-mail address that it never verified to a person who has followed a link for a new"
                            + " password, and has the new account %s")
    void addressTakenByReset(String userId, String realm, String ownId);
}
