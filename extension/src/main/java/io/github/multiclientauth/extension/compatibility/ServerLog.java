package io.github.multiclientauth.extension.compatibility;

import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages of the check of the server. */
@MessageLogger(projectCode = "MCA", length = 5)
interface ServerLog extends BasicLogger {

    ServerLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), ServerLog.class, "mca.server");

    /**
     * The extension is installed and works with this Keycloak. Keycloak writes this once at each start.
     *
     * <p>To do: Nothing. Without this line the extension is not in the {@code providers} folder, or Keycloak starts with
     * {@code --optimized} and was not built since.
     */
    @LogMessage(level = INFO)
    @Message(
            id = 154,
            value = "Multi-Client Auth %s is active. It changes nothing for clients without its client scope")
    void active(String version);

    /**
     * The extension has not been tested on this release of Keycloak.
     *
     * <p>To do: Install a newer release of the extension, if there is one. Otherwise test your sign-ins before people
     * depend on them.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 150,
            value =
                    "This extension has not been tested on Keycloak %s, only on the last release of each of %s. Everything"
                            + " that it uses is there. Install a newer release of the extension, if there is one")
    void untested(String version, List<String> tested);

    /**
     * The extension would fail on this version of Keycloak, so it is off.
     *
     * <p>To do: Install a release of the extension that names this version of Keycloak.
     */
    @LogMessage(level = ERROR)
    @Message(
            id = 151,
            value =
                    "Keycloak %s lacks what this extension uses, so none of its providers is offered, and flows that name"
                            + " them fail. Install a release of the extension that names this version. Missing: %s")
    void unsupported(String version, List<String> missing);
}
