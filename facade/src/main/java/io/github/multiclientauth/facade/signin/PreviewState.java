package io.github.multiclientauth.facade.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * The {@code state} of a preview's sign-in, before it is sealed. It tells the callback origin, which has no cookie of that
 * sign-in, the preview.
 */
record PreviewState(Origin preview, Instant startedAt) {

    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] write() {
        return JSON.createObjectNode()
                .put("preview", preview.toString())
                .put("startedAt", startedAt.toEpochMilli())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A value that opens was sealed here. Unreadable content is a bug, not an attack. */
    static Optional<PreviewState> read(byte[] content) {
        try {
            JsonNode node = JSON.readTree(content);
            return Origin.parse(node.path("preview").asText())
                    .map(preview -> new PreviewState(
                            preview, Instant.ofEpochMilli(node.path("startedAt").asLong())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
