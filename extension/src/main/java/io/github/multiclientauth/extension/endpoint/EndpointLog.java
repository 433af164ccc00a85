package io.github.multiclientauth.extension.endpoint;

import static org.jboss.logging.Logger.Level.DEBUG;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages of all endpoints. */
@MessageLogger(projectCode = "MCA", length = 5)
interface EndpointLog extends BasicLogger {

    EndpointLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), EndpointLog.class, "mca.endpoint");

    /**
     * An account without the role has asked for the directory, the doctor, sessions, changes or access
     * tokens.
     *
     * <p>To do: If it is the facade's account, give its service account the role: {@code view-clients} of {@code
     * realm-management} for the directory and the doctor, the realm role {@code multi-client-auth-tokens} for
     * access tokens, the realm role {@code multi-client-auth-sessions} for the others.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 141, value = "Request in realm %s refused to client %s: its account does not have the role %s")
    void refused(String realm, String client, String role);
}
