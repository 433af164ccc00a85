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

/** What the directory tells the operator. */
@MessageLogger(projectCode = "MCA", length = 5)
interface DirectoryLog extends BasicLogger {

    DirectoryLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), DirectoryLog.class, "mca.directory");

    @LogMessage(level = DEBUG)
    @Message(id = 140, value = "Directory of realm %s read: %d applications")
    void read(String realm, int applications);

    @LogMessage(level = DEBUG)
    @Message(id = 141, value = "Directory of realm %s refused to client %s: its account may not view clients")
    void refused(String realm, String client);

    @LogMessage(level = WARN)
    @Message(
            id = 142,
            value =
                    "Clients are read one by one for the directory, which takes long if there are many: Keycloak's storage is"
                            + " not as expected")
    void storageNotAsExpected(@Cause Throwable cause);

    @LogMessage(level = WARN)
    @Message(
            id = 143,
            value =
                    "Changes that are made on other nodes of the cluster show in the directory only when it is read again")
    void noCluster(@Cause Throwable cause);

    @LogMessage(level = WARN)
    @Message(
            id = 152,
            value = "Preview origins of client %s of realm %s: %s is ignored, since it is no pattern such as"
                    + " https://*-preview.example.com")
    void noPattern(String client, String realm, String entry);

    @LogMessage(level = WARN)
    @Message(id = 153, value = "Client %s of realm %s has no previews, although some are configured: %s")
    void noPreviews(String client, String realm, String problem);
}
