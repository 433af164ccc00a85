package io.github.multiclientauth.facade.config;

import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** The messages about the start and the settings. */
@MessageLogger(projectCode = "MCA", length = 5)
interface StartLog extends BasicLogger {

    StartLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), StartLog.class, "mca.start");

    /**
     * The address where the facade reads its list of applications.
     *
     * <p>To do: Nothing. Compare it with the address of your Keycloak.
     */
    @LogMessage(level = INFO)
    @Message(id = 200, value = "The applications are those that Keycloak lists at %s")
    void directory(URI url);

    /**
     * A bug in the facade, not a mistake in your settings. The facade continues and polls again.
     *
     * <p>To do: Report it with the stack trace.
     */
    @LogMessage(level = ERROR)
    @Message(id = 202, value = "Reading the %s failed; please report this as a bug")
    void pollFailed(String what, @Cause Throwable cause);

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
     * A file with a secret cannot be read again, or other users can now access it. The last secret stays in use, which
     * works until the secret changes.
     *
     * <p>To do: If it lasts, write the secret into the file again: not empty, at most 8 KiB of text, readable only for
     * the facade's user.
     */
    @LogMessage(level = WARN)
    @Message(id = 205, value = "A file with a secret cannot be used, so its last secret stays in use. %s")
    void secretFileUnusable(String why);

    /**
     * The file with the facade's own keys cannot be read again, or other users can now access it. The last keys stay in
     * use.
     *
     * <p>To do: If it lasts, do what the message says. Until then a new key in the file is not used.
     */
    @LogMessage(level = WARN)
    @Message(id = 206, value = "The file with the facade's keys cannot be used, so the last keys stay in use. %s")
    void keyFileUnusable(String why);

    /**
     * A file in the folder of client secrets cannot be used. If the facade has read a secret of that client before, it
     * stays in use. Otherwise the client has none, see MCA00251.
     *
     * <p>To do: What the message says. The facade reads the folder again every few seconds.
     */
    @LogMessage(level = WARN)
    @Message(id = 207, value = "A client secret cannot be read. %s")
    void secretUnusable(String why);

    /**
     * A setting cannot be used. The message says which one and why. It is the last message before the facade ends.
     *
     * <p>To do: Correct the setting that the message names, and start again. If there are several, only the first is
     * named. Values that cannot be parsed, for example a duration without a number, are reported by Quarkus (SRCFG…),
     * also with the setting's name.
     */
    @Message(id = 204, value = "The facade does not start with this setting. %s")
    ConfigurationException unusable(String why);
}
