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

    /**
     * Where the facade reads its list of applications.
     *
     * <p>To do: Nothing; compare it with the address of your Keycloak.
     */
    @LogMessage(level = INFO)
    @Message(id = 200, value = "The applications are those that Keycloak lists at %s")
    void directory(URI url);

    /**
     * The list of applications comes from a file, not from Keycloak: {@code mca.directory.file} is set.
     *
     * <p>To do: Nothing, if you meant that. Otherwise remove the setting.
     */
    @LogMessage(level = INFO)
    @Message(id = 201, value = "The applications are those of the file %s (mca.directory.file)")
    void directoryFile(Path file);

    /**
     * A mistake in the facade, not in your settings. It goes on and looks again.
     *
     * <p>To do: Report it with the stack trace.
     */
    @LogMessage(level = ERROR)
    @Message(id = 202, value = "Looking at the directory failed; please report this as a bug")
    void pollFailed(@Cause Throwable cause);

    /**
     * Client secrets, codes and tokens travel to Keycloak without encryption.
     *
     * <p>To do: Set {@code mca.issuer} to an https address, unless Keycloak is on the same machine.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 203,
            value = "The issuer %s is not https: what travels to Keycloak, secrets included, can be read on the way."
                    + " Use it on one machine only")
    void plainIssuer(URI issuer);

    /**
     * A secret that is in a file cannot be read again, or the file is open to other users now. Nothing is lost as long as the
     * secret has not been changed.
     *
     * <p>To do: If it lasts, put the secret into the file again: not empty, at most 8 KiB of text, readable for the facade's
     * user alone.
     */
    @LogMessage(level = WARN)
    @Message(id = 205, value = "A file with a secret cannot be used, and the secret that it had goes on being used. %s")
    void secretFileUnusable(String why);

    /**
     * The file with the facade's own keys cannot be read again, or is open to other users now. The keys that it had go on
     * signing.
     *
     * <p>To do: If it lasts, do what the message says: a new key in the file does not count until then.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 206,
            value = "The file with the facade's keys cannot be used, and the keys that it had go on being used. %s")
    void keyFileUnusable(String why);

    /**
     * A setting cannot be used, and the message says which one and why. It is the facade's last word before it ends.
     *
     * <p>To do: Correct the setting that the message names, and start again. Of several such settings the first is named. What
     * cannot be read at all, a duration of letters for example, Quarkus reports itself (SRCFG…), also with the setting's name.
     */
    @Message(id = 204, value = "The facade does not start with this setting. %s")
    ConfigurationException unusable(String why);
}
