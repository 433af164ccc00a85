package io.github.multiclientauth.facade.config;

import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.nio.file.Path;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What the operator reads when the facade has started. */
@MessageLogger(projectCode = "MCA", length = 5)
interface StartLog extends BasicLogger {

    StartLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), StartLog.class, "mca.start");

    @LogMessage(level = INFO)
    @Message(id = 200, value = "The applications are those that Keycloak lists at %s")
    void directory(URI url);

    @LogMessage(level = INFO)
    @Message(id = 201, value = "The applications are those of the file %s (mca.directory.file)")
    void directoryFile(Path file);

    @LogMessage(level = ERROR)
    @Message(id = 202, value = "Looking at the directory failed; please report this as a bug")
    void pollFailed(@Cause Throwable cause);

    @LogMessage(level = WARN)
    @Message(
            id = 203,
            value = "The issuer %s is not https: what travels to Keycloak, secrets included, can be read on the way."
                    + " Use it on one machine only")
    void plainIssuer(URI issuer);

    /** Not logged: what Quarkus shows the operator when it cannot start. */
    @Message(id = 204, value = "The facade does not start with this setting. %s")
    ConfigurationException unusable(String why);
}
