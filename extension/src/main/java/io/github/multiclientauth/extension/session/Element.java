package io.github.multiclientauth.extension.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One element of a request's list: a question, or the reason why it is none.
 *
 * @param question empty if it is none
 * @param fault what is wrong; empty for a question
 */
record Element(Optional<Question> question, String fault) {

    /**
     * What may stand in a session id. Keycloak's have letters, digits, - and _. Others would never be found, and some
     * databases fail on control characters.
     */
    private static final Pattern SID = Pattern.compile("[!-~]{1,100}");

    /** Keycloak's database holds no longer ones. */
    private static final Pattern CLIENT = Pattern.compile("[^\\p{Cntrl}]{1,255}");

    static Element of(JsonNode node) {
        String client = node.path("client").asText("");
        String sid = node.path("sid").asText("");
        JsonNode confirmedAt = node.path("confirmedAt");
        JsonNode extend = node.path("extend");
        if (!node.path("client").isTextual() || !isClient(client)) {
            return odd("client is no client id");
        }
        if (!node.path("sid").isTextual() || !isSid(sid)) {
            return odd("sid is no session id");
        }
        if (!confirmedAt.isIntegralNumber() || !confirmedAt.canConvertToLong() || confirmedAt.longValue() < 0) {
            return odd("confirmedAt is no time in seconds");
        }
        if (!extend.isMissingNode() && !extend.isBoolean()) {
            return odd("extend is neither true nor false");
        }
        return new Element(Optional.of(new Question(client, sid, confirmedAt.longValue(), extend.booleanValue())), "");
    }

    static boolean isSid(String text) {
        return SID.matcher(text).matches();
    }

    static boolean isClient(String text) {
        return CLIENT.matcher(text).matches();
    }

    private static Element odd(String fault) {
        return new Element(Optional.empty(), fault);
    }
}
