package io.github.multiclientauth.testbed.provider.facebook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import java.util.OptionalInt;

/**
 * Errors of the Graph API and of its token endpoint: status 400 with an object instead of the text of RFC 6749.
 *
 * @see <a href="https://developers.facebook.com/docs/graph-api/guides/error-handling">Handle errors</a>
 */
final class GraphErrors {

    /** A fixed trace id. The real one is for Facebook's support. */
    private static final String TRACE = "AStandInHasNoTraceId01";

    private GraphErrors() {}

    static Reply error(int code, String shortName, String message) {
        return error(code, OptionalInt.empty(), shortName, message);
    }

    static Reply error(int code, int subcode, String shortName, String message) {
        return error(code, OptionalInt.of(subcode), shortName, message);
    }

    private static Reply error(int code, OptionalInt subcode, String shortName, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("message", message).put("type", "OAuthException").put("code", code);
        subcode.ifPresent(number -> error.put("error_subcode", number));
        error.put("fbtrace_id", TRACE);
        return Reply.json(400, JsonNodeFactory.instance.objectNode().set("error", error))
                .with("WWW-Authenticate", "OAuth \"Facebook Platform\" \"" + shortName + "\" \"" + message + "\"");
    }
}
