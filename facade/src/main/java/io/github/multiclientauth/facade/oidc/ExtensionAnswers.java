package io.github.multiclientauth.facade.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.multiclientauth.facade.client.ClientId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Optional;

/** Reads answers of the extension's endpoints about sessions. These endpoints lie beside its directory. */
final class ExtensionAnswers {

    /** More than 500 sessions need, each with a hundred groups and roles. */
    private static final long MAX_TOKENS = 1_000_000;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_TEXT = 1_000_000;
    private static final int MAX_NUMBER = 100;

    /** In characters. */
    private static final int MAX_REASON = 200;

    /** The first moment of the year 10000. Later times are odd. */
    private static final Instant TOO_LATE = Instant.ofEpochSecond(253_402_300_800L);

    /** Rejects text after the document and repeated fields: such an answer was cut off, mixed up or tampered with. */
    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MAX_TOKENS)
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .build())
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private ExtensionAnswers() {}

    /**
     * The address of an endpoint beside the directory.
     *
     * @param directory with or without a slash at its end
     */
    static URI beside(URI directory, String name) {
        String path = directory.getRawPath();
        return directory.resolve(path.endsWith("/") ? "../" + name : name);
    }

    /** The document; a missing node if the text is none. */
    static JsonNode parse(String json) {
        try {
            return json == null ? MissingNode.getInstance() : JSON.readTree(json);
        } catch (IOException | RuntimeException e) {
            return MissingNode.getInstance();
        }
    }

    /** A time in milliseconds; empty if it is odd. */
    static Optional<Instant> millis(JsonNode value) {
        return isCount(value)
                ? Optional.of(Instant.ofEpochMilli(value.longValue())).filter(at -> at.isBefore(TOO_LATE))
                : Optional.empty();
    }

    /** A time in seconds; empty if it is odd. */
    static Optional<Instant> seconds(JsonNode value) {
        return isCount(value) && value.longValue() < TOO_LATE.getEpochSecond()
                ? Optional.of(Instant.ofEpochSecond(value.longValue()))
                : Optional.empty();
    }

    private static boolean isCount(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() > 0;
    }

    /** The id of a user or a session; empty if it is odd. */
    static Optional<String> identifier(JsonNode value) {
        return Optional.ofNullable(value.textValue()).filter(IdentityClaims::isIdentifier);
    }

    /** The text as part of a path or of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** A reason for the operator, in one line. */
    static String reason(JsonNode value) {
        String given = value.textValue() == null ? "" : value.textValue().strip();
        String line = given.substring(0, Math.min(given.length(), MAX_REASON)).replaceAll("\\p{Cntrl}", " ");
        return line.isBlank() ? "Keycloak gives no reason" : line;
    }

    /** The meaning of a status other than success, in the operator's words. */
    static String problem(URI address, ClientId account, int status) {
        return problem(address, account, "ask about sessions", "multi-client-auth-sessions", status);
    }

    /**
     * The same for another role.
     *
     * @param what the account wants to do
     */
    static String problem(URI address, ClientId account, String what, String role, int status) {
        return switch (status) {
            case 403 ->
                "the client " + account + " may not " + what + ": give its service account the realm role " + role
                        + ", and its scope too unless Full scope allowed is on";
            case 404 ->
                "there is nothing at " + address + ": the extension in Keycloak is older than this facade, install the"
                        + " one of the same release";
            default -> address + " answered with status " + status;
        };
    }
}
