package io.github.multiclientauth.facade.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.origin.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * The {@code state} of a preview's sign-in, before it is sealed: where the callback origin hands the answer on to. It has no
 * cookie of that browser to look at.
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

    /** What opens was sealed here: anything else in it is a bug, not an attack. */
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
