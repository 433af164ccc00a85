package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads the directory of applications like a facade. */
final class DirectoryReader {

    /** The client of the realm file whose service account may read it. */
    static final String CLIENT_ID = "multi-client-auth-facade";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Chain chain;

    DirectoryReader(Chain chain) {
        this.chain = chain;
    }

    /** A token of the account that may read it. */
    String accessToken() {
        return new OidcClient(chain, CLIENT_ID, chain.secrets().facadeAccount(), chain.portfolio())
                .serviceAccount()
                .accessToken();
    }

    /** @param headers names and values */
    HttpResponse<String> ask(String method, String... headers) {
        return ask(BodyHandlers.ofString(), method, headers);
    }

    HttpResponse<byte[]> askPacked(String accessToken) {
        return ask(
                BodyHandlers.ofByteArray(), "GET", "Authorization", "Bearer " + accessToken, "Accept-Encoding", "gzip");
    }

    private <T> HttpResponse<T> ask(HttpResponse.BodyHandler<T> body, String method, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(chain.issuer() + "/multi-client-auth/directory"))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), body);
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", interrupted);
        }
    }

    HttpResponse<String> askWith(String accessToken) {
        return ask("GET", "Authorization", "Bearer " + accessToken);
    }

    JsonNode read() {
        HttpResponse<String> answer = askWith(accessToken());
        if (answer.statusCode() != 200) {
            throw new AssertionError("The directory answers " + answer.statusCode() + " " + answer.body());
        }
        return json(answer);
    }

    /** The entry of one client. */
    Optional<JsonNode> find(String clientId) {
        return StreamSupport.stream(read().path("applications").spliterator(), false)
                .filter(entry -> entry.path("clientId").asText().equals(clientId))
                .findFirst();
    }

    /** The entry of a client. Fails if there is none. */
    JsonNode application(String clientId) {
        return find(clientId).orElseThrow(() -> new AssertionError(clientId + " is not in the directory"));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }
}
