package io.github.multiclientauth.extension.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * With which client's credentials a provider's token was got that Keycloak has stored with a link: one more member of the
 * token response that it keeps. It has to be there, since the link outlives every session, and the next sign-in, with the
 * credentials of another client, replaces it.
 *
 * <p>The client is noted, not the sibling: whatever a provider might put into its answers by this name, only what is lent
 * to sign-ins through this very provider can be meant.
 */
final class StoredTokenNote {

    private static final String NAME = "multi-client-auth.client";

    private static final ObjectMapper JSON = new ObjectMapper();

    private StoredTokenNote() {}

    /** @return the client id; empty if the token was got with the shared credentials */
    static String read(String token) {
        return mayBeNoted(token)
                ? parse(token).map(response -> response.path(NAME).asText("")).orElse("")
                : "";
    }

    /**
     * The token with this note in the place of any other.
     *
     * @param clientId empty for none. A token that has none stays as it is, character by character
     */
    static String write(String token, String clientId) {
        if (clientId.isEmpty() && !mayBeNoted(token)) {
            return token;
        }
        return parse(token)
                .map(response -> clientId.isEmpty() ? response.<ObjectNode>without(NAME) : response.put(NAME, clientId))
                .map(ObjectNode::toString)
                .orElse(token);
    }

    private static boolean mayBeNoted(String token) {
        return token != null && token.contains(NAME);
    }

    /** Empty for what is no JSON object: such tokens are never refreshed. */
    private static Optional<ObjectNode> parse(String token) {
        try {
            return token != null && JSON.readTree(token) instanceof ObjectNode response
                    ? Optional.of(response)
                    : Optional.empty();
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }
}
