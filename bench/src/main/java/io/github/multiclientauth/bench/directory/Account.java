package io.github.multiclientauth.bench.directory;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** The facade's service account, with an access token that it renews before it expires. */
final class Account {

    /** Less than the five minutes for which the realm's tokens are valid. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI issuer;
    private final Map<String, String> grant;
    private String token = "";
    private long renewAt = System.nanoTime();

    /** @param grant the parameters of the token request */
    Account(URI issuer, Map<String, String> grant) {
        this.issuer = issuer;
        this.grant = grant;
    }

    /**
     * Reads with the token; returns when the answer begins to arrive.
     *
     * @param headers more headers: names and values
     */
    HttpResponse<InputStream> get(URI address, String... headers) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token())
                .headers(headers)
                .build();
        return client.send(request, BodyHandlers.ofInputStream());
    }

    /** Renews the token if necessary, so that the next request does not need time for that. */
    synchronized String token() throws IOException, InterruptedException {
        if (System.nanoTime() - renewAt >= 0) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(Parameters.encode(grant)))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("The token endpoint answered " + answer.statusCode());
            }
            token = JSON.readTree(answer.body()).path("access_token").asText();
            renewAt = System.nanoTime() + RENEWAL.toNanos();
        }
        return token;
    }
}
