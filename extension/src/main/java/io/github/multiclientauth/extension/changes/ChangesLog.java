package io.github.multiclientauth.extension.changes;

import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages of the changes. */
@MessageLogger(projectCode = "MCA", length = 5)
interface ChangesLog extends BasicLogger {

    ChangesLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ChangesLog.class, "mca.changes");

    /**
     * This release cannot use the cluster of this Keycloak. So the node says that it remembers no change, and facades
     * confirm every session that is used, each second. They are right, but Keycloak has more to do.
     *
     * <p>To do: Install a release of the extension that names this version of Keycloak. Report it, with the stack trace if
     * there is one.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 170,
            value =
                    "Nodes of the cluster cannot tell each other what has changed, so facades confirm sessions each second")
    void noCluster(@Cause Throwable cause);

    /**
     * A message to the other nodes failed. It is sent again each second. Until it succeeds, facades that ask other nodes do
     * not know of this node's changes.
     *
     * <p>To do: If it does not stop by itself, check that Keycloak's caches are clustered and that the nodes reach each
     * other.
     */
    @LogMessage(level = WARN)
    @Message(id = 171, value = "Other nodes could not be told what has changed. It is tried again")
    void notTold(@Cause Throwable cause);

    /**
     * A session has been signed out, but Keycloak failed to say whether it is gone. Facades confirm all sessions once.
     *
     * <p>To do: Nothing, if it is rare. Otherwise check Keycloak's database.
     */
    @LogMessage(level = WARN)
    @Message(id = 172, value = "Whether a session that was signed out is gone could not be read. All are confirmed")
    void unknownWhetherOver(@Cause Throwable cause);
}
