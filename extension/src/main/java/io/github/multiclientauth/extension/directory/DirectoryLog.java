package io.github.multiclientauth.extension.directory;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages of the directory. */
@MessageLogger(projectCode = "MCA", length = 5)
interface DirectoryLog extends BasicLogger {

    DirectoryLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), DirectoryLog.class, "mca.directory");

    /**
     * The facade, or another account with the same role, has read the directory.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 140, value = "Directory of realm %s read: %d applications")
    void read(String realm, int applications);

    /**
     * This release does not know the structure of Keycloak's database, so a slower way is used.
     *
     * <p>To do: Report it with the stack trace. Until then the directory works, but slowly with thousands of clients.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 142,
            value =
                    "Clients are read one by one for the directory, which is slow if there are many: Keycloak's database is"
                            + " not as expected")
    void storageNotAsExpected(@Cause Throwable cause);

    /**
     * Nodes of the cluster cannot tell each other about changes.
     *
     * <p>To do: Check that Keycloak's caches are clustered. Until then a change shows when the directory is next read
     * from the database.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 143,
            value =
                    "Changes on other nodes of the cluster show in the directory only when it is next read from the database")
    void noCluster(@Cause Throwable cause);

    /**
     * An enabled identity provider has an alias that applications cannot use. It works everywhere else.
     *
     * <p>To do: If applications shall offer it, create the identity provider with an alias of ASCII letters, digits,
     * {@code _}, {@code .} and {@code -}.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 144,
            value = "No application offers the identity provider %s of realm %s: its alias has characters other than"
                    + " ASCII letters, digits, _ . and -, or is longer than 100 characters")
    void noAlias(String alias, String realm);

    /**
     * Keycloak's own code fails on what was entered for a client. The application is not served. The others are.
     *
     * <p>To do: Check the client's addresses (Root URL, Valid redirect URIs, Web origins). Report it with the stack
     * trace.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 145,
            value =
                    "Client %s of realm %s is listed in the directory without its addresses, which cannot be understood")
    void notUnderstood(String client, String realm, @Cause Throwable cause);

    /**
     * An entry of the mapper Preview origins is no pattern.
     *
     * <p>To do: Correct the entry: {@code https://*-preview.example.com}, the star in the first label only.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 152,
            value = "Preview origins of client %s of realm %s: %s is ignored because it is no pattern such as"
                    + " https://*-preview.example.com")
    void noPattern(String client, String realm, String entry);

    /**
     * The mapper Preview origins exists, but previews are off for this client. The message says why.
     *
     * <p>To do: Do what the message says, in the mapper's settings.
     */
    @LogMessage(level = WARN)
    @Message(id = 153, value = "Client %s of realm %s has no previews, although some are configured: %s")
    void noPreviews(String client, String realm, String problem);
}
