package io.github.multiclientauth.facade.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A JWE in compact serialization whose header says direct encryption, not yet opened.
 *
 * @param header as sent, base64url: it is the additional authenticated data
 * @param keyId empty if the header names none
 */
record CompactJwe(
        String header, ContentEncryption encryption, Optional<String> keyId, byte[] iv, byte[] text, byte[] tag) {

    /** In characters. All chunks that a browser can send together are shorter. */
    private static final int MAX_LENGTH = 32_768;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @return empty if the text is no JWE, or one with another key management than {@code dir}, another content
     *     encryption than the two of Auth.js, compression ({@code zip}: a small token could fill the memory) or critical
     *     extensions
     */
    static Optional<CompactJwe> parse(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != 5 || !parts[1].isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode header = JSON.readTree(new String(decode(parts[0]), StandardCharsets.UTF_8));
            if (header == null
                    || !header.path("alg").asText().equals("dir")
                    || header.has("zip")
                    || header.has("crit")
                    || header.has("kid") && !header.get("kid").isTextual()) {
                return Optional.empty();
            }
            byte[] iv = decode(parts[2]);
            byte[] text = decode(parts[3]);
            byte[] tag = decode(parts[4]);
            return ContentEncryption.of(header.path("enc").asText())
                    .map(encryption -> new CompactJwe(
                            parts[0],
                            encryption,
                            Optional.ofNullable(header.get("kid")).map(JsonNode::asText),
                            iv,
                            text,
                            tag));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Only the one spelling of each value: the JDK's decoder also takes padding, and unused bits that are not zero.
     *
     * @throws IllegalArgumentException for all others
     */
    private static byte[] decode(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("Not the canonical base64url");
        }
        return bytes;
    }
}
