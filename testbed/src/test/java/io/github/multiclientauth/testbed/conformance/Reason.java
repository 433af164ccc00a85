package io.github.multiclientauth.testbed.conformance;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The facade's words for a refusal, without what differs from run to run. */
final class Reason {

    /** The id of the message, the reference of the request, and what all messages with this id say. */
    private static final Pattern BEGINNING = Pattern.compile("^MCA00\\d+: (\\[[^]]*] )?"
            + "(Callback for \\S+ refused: |Sign-in at \\S+ failed: |Logout token refused, nobody was signed out: "
            + "|Not signed in at \\S+, since the authentication is not the one that was demanded: "
            + "|Request refused, it is malformed: |Changes of sessions and users cannot be read from Keycloak: )?");

    private static final Pattern PORT = Pattern.compile("(127\\.0\\.0\\.1|localhost):\\d+");
    private static final Pattern REALM = Pattern.compile("/realms/(plain|secure)-\\d+");
    private static final Pattern RANDOM =
            Pattern.compile("(?=[A-Za-z_-]*\\d)[A-Za-z0-9_-]{25,}|(?<=(person|session|key|code|used|logout)-)\\d+");
    private static final Pattern SECONDS = Pattern.compile("\\d+ s ");

    private Reason() {}

    /** The words of the last message with this id; empty if there is none. */
    static Optional<String> of(String logId, List<String> messages) {
        return messages.stream()
                .filter(message -> message.startsWith(logId + ":"))
                .reduce((former, later) -> later)
                .map(Reason::lasting);
    }

    private static String lasting(String message) {
        String reason = BEGINNING.matcher(message).replaceFirst("");
        reason = PORT.matcher(reason).replaceAll("$1");
        reason = REALM.matcher(reason).replaceAll("/realms/$1");
        reason = SECONDS.matcher(reason).replaceAll("… s ");
        return RANDOM.matcher(reason).replaceAll("…");
    }
}
