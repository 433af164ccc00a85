package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.ErrorObject;
import java.util.Optional;
import java.util.regex.Pattern;

/** What Keycloak says when it does not accept how the facade authenticates a client. */
final class ClientRefusal {

    /** Keycloak's words about the times in a signed JWT. Keycloak 26.0 has only the first. */
    private static final Pattern TIMES =
            Pattern.compile("Token (is not active|was issued in the future|was issued too far in the past)");

    private static final int MAX_LENGTH = 200;

    private ClientRefusal() {}

    /** Keycloak's words: the code of the error and, if there is one, its description, in one line. */
    static String words(ErrorObject error) {
        if (error == null || error.getCode() == null || error.getCode().isBlank()) {
            return "an error without a code";
        }
        String words =
                error.getDescription() == null ? error.getCode() : error.getCode() + ": " + error.getDescription();
        return words.substring(0, Math.min(words.length(), MAX_LENGTH)).replaceAll("\\p{Cntrl}", " ");
    }

    /** The message for the operator if only the clocks differ; otherwise empty. */
    static Optional<String> clockSkew(ErrorObject error) {
        return Optional.ofNullable(error)
                .map(ErrorObject::getDescription)
                .map(TIMES::matcher)
                .filter(found -> found.find())
                .map(found -> "clock skew: Keycloak does not accept the time in the JWT that the facade signs (\""
                        + found.group() + "\"); compare the clocks of this machine and of each Keycloak node");
    }
}
