package io.github.multiclientauth.extension.session;

import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages about questions for sessions. */
@MessageLogger(projectCode = "MCA", length = 5)
interface SessionsLog extends BasicLogger {

    SessionsLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), SessionsLog.class, "mca.session");

    /**
     * Keycloak, its database or a mapper has failed while a facade asked about sessions. The facade keeps these sessions
     * for as long as its grace lasts, and asks again.
     *
     * <p>To do: Read the stack trace. Check the database, and the mapper that it names. Report it if it names neither.
     */
    @LogMessage(level = WARN)
    @Message(id = 160, value = "%d of %d sessions of realm %s could not be checked")
    void failed(int failed, int all, String realm, @Cause Throwable cause);

    /**
     * Keycloak, its database or a mapper has failed while a facade asked for an access token. The application gets none.
     *
     * <p>To do: Read the stack trace. Check the database, and the mapper that it names. Report it if it names neither.
     */
    @LogMessage(level = WARN)
    @Message(id = 161, value = "Access token for client %s of realm %s could not be issued")
    void noToken(String client, String realm, @Cause Throwable cause);

    /**
     * A user has ended all other sessions, and Keycloak, its database or an event listener has failed at some of them. They
     * go on. The user's page says so.
     *
     * <p>To do: Read the stack trace. The user can try again.
     */
    @LogMessage(level = WARN)
    @Message(id = 162, value = "%d of %d sessions of a user of realm %s could not be ended")
    void notEnded(int failed, int all, String realm, @Cause Throwable cause);
}
