package io.github.multiclientauth.facade.config;

import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import io.github.multiclientauth.origin.Origin;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the operator reads when the facade has started. */
@MessageLogger(projectCode = "MCA", length = 5)
interface StartLog extends BasicLogger {

    StartLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), StartLog.class, "mca.start");

    @LogMessage(level = INFO)
    @Message(id = 200, value = "%d applications sign in at %s")
    void serving(int applications, URI issuer);

    @LogMessage(level = WARN)
    @Message(id = 201, value = "No application is configured (mca.clients): every request will be refused")
    void noApplications();

    @LogMessage(level = WARN)
    @Message(
            id = 202,
            value = "More than one application claims the origin %s, so that its requests are refused: remove it from"
                    + " all but one (mca.clients.<name>.origins)")
    void ambiguousOrigin(Origin origin);

    @LogMessage(level = WARN)
    @Message(
            id = 203,
            value = "The issuer %s is not https: what travels to Keycloak, secrets included, can be read on the way."
                    + " Use it on one machine only")
    void plainIssuer(URI issuer);
}
