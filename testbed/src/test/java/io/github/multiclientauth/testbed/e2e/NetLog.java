package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.proof.TokenCanary;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chromium's own log of its network: every header, cookie and byte of a body that it receives, whatever page, frame or worker asked for it,
 * after TLS and compression.
 *
 * @see <a href="https://www.chromium.org/developers/design-documents/network-stack/netlog/">NetLog</a>
 */
final class NetLog {

    /** The type of the events that contain bodies, with a name that stays. Its number changes with each version. */
    private static final String BODY = "URL_REQUEST_JOB_FILTERED_BYTES_READ";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    private NetLog(Path file) {
        this.file = file;
    }

    static NetLog create() {
        try {
            return new NetLog(Files.createTempFile("netlog", ".json"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The options with which Chromium writes it. */
    List<String> options() {
        return List.of("--log-net-log=" + file, "--net-log-capture-mode=Everything");
    }

    /** Fails if the browser has received a token. To be called once, after its end. */
    void refuseTokens() {
        try {
            token().ifPresent(kind -> {
                throw new AssertionError("A browser has received a token (" + kind + ")");
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> token() throws IOException {
        Map<Long, ByteArrayOutputStream> bodies = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int body = typeOfBodies(lines.readLine());
            // One event a line.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.contains("\"bytes\":")) {
                    Optional<String> found = TokenCanary.in(line);
                    if (found.isPresent()) {
                        return found;
                    }
                } else if (line.contains("\"type\":" + body + '}')) {
                    JsonNode event = JSON.readTree(line);
                    bodies.computeIfAbsent(event.path("source").path("id").asLong(), id -> new ByteArrayOutputStream())
                            .writeBytes(event.path("params").path("bytes").binaryValue());
                }
            }
        } finally {
            Files.delete(file);
        }
        return bodies.values().stream()
                .map(content -> TokenCanary.in(content.toString(StandardCharsets.UTF_8)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static int typeOfBodies(String constants) throws IOException {
        // The line ends with a comma, because it is the beginning of a larger object.
        return JSON.readTree(constants.substring(0, constants.lastIndexOf(',')) + "}")
                .at("/constants/logEventTypes/" + BODY)
                .asInt(-1);
    }
}
