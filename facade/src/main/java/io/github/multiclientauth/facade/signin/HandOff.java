package io.github.multiclientauth.facade.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Keycloak's answer that the callback origin hands off to a preview, before it is sealed.
 *
 * @param preview the only origin that may use it
 * @param at when it was handed off
 */
record HandOff(Origin preview, AuthorizationResponse response, Instant at) {

    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] write() {
        ObjectNode node =
                JSON.createObjectNode().put("preview", preview.toString()).put("at", at.toEpochMilli());
        response.state().ifPresent(value -> node.put("state", value));
        response.code().ifPresent(value -> node.put("code", value));
        response.error().ifPresent(value -> node.put("error", value));
        response.description().ifPresent(value -> node.put("error_description", value));
        response.issuer().ifPresent(value -> node.put("iss", value));
        response.actionStatus().ifPresent(value -> node.put(RequestedAction.STATUS, value));
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A value that opens was sealed here. Unreadable content is a bug, not an attack. */
    static Optional<HandOff> read(byte[] content) {
        try {
            JsonNode node = JSON.readTree(content);
            return Origin.parse(node.path("preview").asText())
                    .map(preview -> new HandOff(
                            preview,
                            new AuthorizationResponse(
                                    text(node, "state"),
                                    text(node, "code"),
                                    text(node, "error"),
                                    text(node, "error_description"),
                                    text(node, "iss"),
                                    text(node, RequestedAction.STATUS)),
                            Instant.ofEpochMilli(node.path("at").asLong())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.path(field).textValue());
    }
}
