package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Reads what has changed like a facade.
 *
 * @param issuer of the realm, at one node of Keycloak
 * @param clientId of the account that asks
 */
record ChangesReader(URI issuer, String clientId, String secret) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Each change without its time, as Keycloak writes it. */
    static List<String> concerned(JsonNode answer) {
        return StreamSupport.stream(answer.path("changes").spliterator(), false)
                .map(change ->
                        change.<ObjectNode>deepCopy().without(List.of("at")).toString())
                .toList();
    }

    /** @param since a time of Keycloak in milliseconds */
    JsonNode since(long since) {
        return good(ask(accessToken(), "?since=" + since));
    }

    /** Everything that the node remembers. */
    JsonNode all() {
        return good(ask(accessToken(), ""));
    }

    /** @param accessToken empty for none */
    HttpResponse<String> ask(String accessToken, String query) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + "/multi-client-auth/changes" + query));
        if (!accessToken.isEmpty()) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        return send(request);
    }

    String accessToken() {
        return token(Map.of("grant_type", "client_credentials"))
                .path("access_token")
                .asText();
    }

    /** The answer of the token endpoint to this client. */
    JsonNode token(Map<String, String> grant) {
        return good(post("/protocol/openid-connect/token", grant));
    }

    /** Sends a form, authenticated as this client. */
    HttpResponse<String> post(String path, Map<String, String> form) {
        Map<String, String> complete = new LinkedHashMap<>(form);
        complete.put("client_id", clientId);
        complete.put("client_secret", secret);
        return send(HttpRequest.newBuilder(URI.create(issuer + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Parameters.encode(complete))));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", interrupted);
        }
    }

    private static JsonNode good(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError("Keycloak answers " + answer.statusCode() + " " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    /** Keeps the secret out of messages. */
    @Override
    public String toString() {
        return clientId;
    }
}
