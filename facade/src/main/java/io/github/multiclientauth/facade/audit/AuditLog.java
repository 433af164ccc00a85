package io.github.multiclientauth.facade.audit;

import static org.jboss.logging.Logger.Level.ERROR;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** The messages about the audit stream. */
@MessageLogger(projectCode = "MCA", length = 5)
interface AuditLog extends BasicLogger {

    AuditLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), AuditLog.class, "mca.start");

    /**
     * A line of the audit stream could not be written, for example because the disk is full. Requests go on, and lines are
     * missing from now on.
     *
     * <p>To do: Make room, or correct the permissions of the folder. Then restart the facade if lines are still missing.
     */
    @LogMessage(level = ERROR)
    @Message(id = 208, value = "A line of the audit stream could not be written: %s")
    void notWritten(String why);
}
