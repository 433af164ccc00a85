package io.github.multiclientauth.extension.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The directory as it is sent.
 *
 * @param json UTF-8; not to be changed
 * @param tag strong, with its quotation marks: the same exactly if the bytes are
 */
record Document(byte[] json, String tag) {

    static Document of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Document(bytes, '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(bytes)) + '"');
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
