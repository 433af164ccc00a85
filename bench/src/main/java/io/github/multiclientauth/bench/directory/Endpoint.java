package io.github.multiclientauth.bench.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/** The directory endpoint of Keycloak. It is requested as a facade does, and the time is measured. */
final class Endpoint {

    private static final String ACCEPT_ENCODING = "Accept-Encoding";
    private static final String GZIP = "gzip";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Account facade;
    private final URI address;

    Endpoint(Account facade, URI issuer) {
        this.facade = facade;
        this.address = URI.create(issuer + "/multi-client-auth/directory");
    }

    /**
     * An answer and its times.
     *
     * @param begun the time until it began to arrive
     * @param time the time until all of it had arrived
     * @param sent the compressed body; empty if the document has not changed
     */
    record Answer(Duration begun, Duration time, String tag, byte[] sent) {

        /** The decompressed document. The times above do not include the decompression. */
        String document() throws IOException {
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(sent))) {
                return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        /** The number of applications in the document. */
        int applications() throws IOException {
            return JSON.readTree(document()).path("applications").size();
        }
    }

    /** Requests the whole document. */
    Answer read() throws IOException, InterruptedException {
        return answer(200, ACCEPT_ENCODING, GZIP);
    }

    /** Asks whether the document with this tag has changed. It must be unchanged. */
    Answer confirm(String tag) throws IOException, InterruptedException {
        return answer(304, ACCEPT_ENCODING, GZIP, "If-None-Match", tag);
    }

    private Answer answer(int expected, String... headers) throws IOException, InterruptedException {
        facade.token();
        long begin = System.nanoTime();
        HttpResponse<InputStream> answer = facade.get(address, headers);
        Duration begun = Duration.ofNanos(System.nanoTime() - begin);
        byte[] body;
        try (InputStream stream = answer.body()) {
            body = stream.readAllBytes();
        }
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        if (answer.statusCode() != expected) {
            throw new IOException("The directory answered " + answer.statusCode() + " in place of " + expected);
        }
        return new Answer(begun, time, answer.headers().firstValue("ETag").orElseThrow(), body);
    }
}
