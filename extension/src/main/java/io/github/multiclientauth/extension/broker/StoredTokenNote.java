package io.github.multiclientauth.extension.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Notes which client's credentials were used for a provider's token that Keycloak has stored with a link. The note is
 * one more member of the token response. It has to be there: the link outlives every session, and the next sign-in,
 * with the credentials of another client, replaces the token.
 *
 * <p>It notes the client, not the sibling. Whatever a provider might write into its answers under this name, it can
 * only mean a client for which this provider has a sibling.
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
     * Replaces the note in a token.
     *
     * @param clientId empty for no note. A token without a note then stays unchanged, character by character
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

    /** Empty for anything but a JSON object: such tokens are never refreshed. */
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
