package io.github.multiclientauth.facade.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A JWE in compact serialization with direct encryption, before it is decrypted.
 *
 * @param header base64url, as received. It is the additional authenticated data
 * @param keyId empty if the header names none
 * @param content the segments after the header
 */
record CompactJwe(String header, ContentEncryption encryption, Optional<String> keyId, Content content) {

    /** The longest token, in characters. All chunks that a browser can send together are shorter. */
    static final int MAX_LENGTH = 32_768;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The canonical last characters of a segment, by its length modulo four. */
    private static final String[] LAST = {"", "", "AQgw", "AEIMQUYcgkosw048"};

    /** The segments after the header and the empty encrypted key. */
    record Content(byte[] iv, byte[] text, byte[] tag) {

        /**
         * @param start the start of the first of the three segments
         * @return empty unless exactly three segments follow, each in canonical base64url
         */
        static Optional<Content> parse(String token, int start) {
            int first = token.indexOf('.', start);
            int second = token.indexOf('.', first + 1);
            if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Content(
                        decode(token.substring(start, first)),
                        decode(token.substring(first + 1, second)),
                        decode(token.substring(second + 1))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * @param token not longer than {@link #MAX_LENGTH}
     * @return empty if the text is not a JWE, or uses key management other than {@code dir}, content encryption other
     *     than the two of Auth.js, compression ({@code zip}: a small token could fill the memory) or critical
     *     extensions
     */
    static Optional<CompactJwe> parse(String token) {
        int end = token.indexOf('.');
        if (end < 0 || !token.startsWith("..", end)) {
            return Optional.empty();
        }
        String encoded = token.substring(0, end);
        try {
            JsonNode header = JSON.readTree(new String(decode(encoded), StandardCharsets.UTF_8));
            if (header == null
                    || !header.path("alg").asText().equals("dir")
                    || header.has("zip")
                    || header.has("crit")
                    || header.has("kid") && !header.get("kid").isTextual()) {
                return Optional.empty();
            }
            return ContentEncryption.of(header.path("enc").asText())
                    .flatMap(encryption -> Content.parse(token, end + 2)
                            .map(content -> new CompactJwe(
                                    encoded,
                                    encryption,
                                    Optional.ofNullable(header.get("kid")).map(JsonNode::asText),
                                    content)));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Decodes canonical base64url. The JDK's decoder also accepts padding, and unused bits that are not zero.
     *
     * @throws IllegalArgumentException if the text is not canonical
     */
    private static byte[] decode(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        int over = text.length() % 4;
        char last = text.isEmpty() ? 'A' : text.charAt(text.length() - 1);
        if (last == '=' || over != 0 && LAST[over].indexOf(last) < 0) {
            throw new IllegalArgumentException("Not the canonical base64url");
        }
        return bytes;
    }
}
