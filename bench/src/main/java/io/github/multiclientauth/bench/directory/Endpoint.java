package io.github.multiclientauth.bench.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/** The directory at Keycloak, asked as a facade asks, with the time that the answer took. */
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
     * An answer.
     *
     * @param begun after what time it began to arrive
     * @param time after what time all of it had arrived
     * @param sent packed; empty if the document is still the one that was named
     */
    record Answer(Duration begun, Duration time, String tag, byte[] sent) {

        /** The document, unpacked: what that takes is in no time above. */
        String document() throws IOException {
            try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(sent))) {
                return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        /** How many the document has. */
        int applications() throws IOException {
            return JSON.readTree(document()).path("applications").size();
        }
    }

    /** The whole document. */
    Answer read() throws IOException, InterruptedException {
        return answer(200, ACCEPT_ENCODING, GZIP);
    }

    /** Asks whether the document with this tag has changed, which it must not have. */
    Answer confirm(String tag) throws IOException, InterruptedException {
        return answer(304, ACCEPT_ENCODING, GZIP, "If-None-Match", tag);
    }

    private Answer answer(int expected, String... headers) throws IOException, InterruptedException {
        facade.token();
        long begin = System.nanoTime();
        HttpResponse<InputStream> answer = facade.send("GET", address, BodyPublishers.noBody(), headers);
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
