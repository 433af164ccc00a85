package io.github.multiclientauth.extension.listing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * The directory as it is sent, in both encodings. It is compressed once, when it is built, and not for each request.
 *
 * @param plain UTF-8
 * @param packed the same with gzip, about a twentieth of the size
 */
public record Document(Representation plain, Representation packed) {

    /**
     * One encoding of the document.
     *
     * @param bytes must not be changed
     * @param tag strong, with its quotation marks; each encoding has its own. That of the compressed one is also made
     *     from the content, not from the compressed bytes: nodes of a cluster may run on Java platforms that compress
     *     differently, and no part of a document is ever sent alone
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3.3">RFC 9110, section 8.8.3.3</a>
     */
    public record Representation(byte[] bytes, String tag) {}

    public static Document of(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(bytes));
        return new Document(
                new Representation(bytes, '"' + hash + '"'), new Representation(gzip(bytes), '"' + hash + "-gzip\""));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written", e);
        }
        return packed.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
