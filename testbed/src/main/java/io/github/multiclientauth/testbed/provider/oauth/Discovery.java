package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/**
 * A provider's configuration document.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery 1.0</a>
 */
public final class Discovery {

    private final String document;

    /** @param document the names and values; lists become arrays */
    public Discovery(Map<String, Object> document) {
        JsonNode json = new ObjectMapper().valueToTree(document);
        this.document = json.toPrettyString();
    }

    public void answer(RoutingContext context) {
        Replies.data(context.response(), 200, "application/json; charset=utf-8", document);
    }
}
