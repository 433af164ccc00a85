package io.github.multiclientauth.facade.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * An answer that may come packed with gzip, which the library's own reading does not know. Ten thousand applications are 7 MB of
 * JSON, and a twentieth of it when packed.
 *
 * @param body unpacked; empty unless the status is 200
 */
record PackedAnswer(int status, Optional<String> tag, String body) {

    /** In bytes, unpacked: ten times what 10,000 applications need. What is larger is no directory. */
    static final int LIMIT = 1 << 26;

    /**
     * Sends it, with its time-outs, and reads all of the answer.
     *
     * @throws IOException also if it is larger than {@link #LIMIT}
     */
    static PackedAnswer to(HTTPRequest request) throws IOException {
        request.setHeader("Accept-Encoding", "gzip");
        HttpURLConnection connection = request.toHttpURLConnection();
        try {
            int status = connection.getResponseCode();
            return new PackedAnswer(
                    status,
                    Optional.ofNullable(connection.getHeaderField("ETag")),
                    status == HttpURLConnection.HTTP_OK ? body(connection) : "");
        } finally {
            drain(connection);
        }
    }

    private static String body(HttpURLConnection connection) throws IOException {
        try (InputStream sent = connection.getInputStream();
                InputStream content =
                        "gzip".equalsIgnoreCase(connection.getContentEncoding()) ? new GZIPInputStream(sent) : sent) {
            byte[] bytes = content.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new IOException("The answer is larger than " + LIMIT + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** What is read to its end leaves the connection for the next request. */
    private static void drain(HttpURLConnection connection) throws IOException {
        InputStream error = connection.getErrorStream();
        if (error != null) {
            try (error) {
                error.readNBytes(LIMIT);
            }
        }
    }
}
