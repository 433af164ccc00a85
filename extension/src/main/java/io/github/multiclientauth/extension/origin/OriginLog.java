package io.github.multiclientauth.extension.origin;

import static org.jboss.logging.Logger.Level.DEBUG;
import static org.jboss.logging.Logger.Level.WARN;

import io.github.multiclientauth.extension.decision.OriginPolicy.OriginDecision.Reason;
import io.github.multiclientauth.extension.decision.Reference;
import io.github.multiclientauth.origin.Origin;
import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** Log messages of the first step of the browser flow. */
@MessageLogger(projectCode = "MCA", length = 5)
interface OriginLog extends BasicLogger {

    OriginLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), OriginLog.class, "mca.origin");

    /**
     * The origin that the sign-in names is not one of the client's Web origins, or it names none. The person sees the
     * same reference on the error page.
     *
     * <p>To do: If the origin is the application's, add it to the client's Web origins. Otherwise nothing: the sign-in
     * was refused.
     */
    @LogMessage(level = WARN)
    @Message(id = 100, value = "[%s] Sign-in at client %s of realm %s refused, its origin is \"%s\": %s")
    void refused(Reference reference, String client, String realm, String claimed, Reason reason);

    /**
     * Entries of Web origins that the extension cannot use: with a path, a slash at the end or a wildcard.
     *
     * <p>To do: In the console, enter scheme, host and port only, {@code https://app.example.com}.
     */
    @LogMessage(level = WARN)
    @Message(
            id = 101,
            value =
                    "Web origins of client %s of realm %s are ignored because they are no origins: %s. An origin is scheme,"
                            + " host and port, without a slash at the end")
    void ignoredWebOrigins(String client, String realm, String entries);

    /**
     * The origin of a sign-in is the client's own.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 102, value = "Sign-in at client %s of realm %s from %s")
    void admitted(String client, String realm, Origin origin);

    /**
     * The person cancelled at the provider; the application is told.
     *
     * <p>To do: Nothing.
     */
    @LogMessage(level = DEBUG)
    @Message(id = 103, value = "Sign-in at client %s of realm %s cancelled at %s")
    void cancelled(String client, String realm, String provider);

    /**
     * The provider answered with an error.
     *
     * <p>To do: Look up the error code at the provider. A wrong client id, secret or redirect URI is the usual cause.
     */
    @LogMessage(level = WARN)
    @Message(id = 104, value = "Sign-in at client %s of realm %s failed at %s: %s")
    void failedAtProvider(String client, String realm, String provider, String error);
}
