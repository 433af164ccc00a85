package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Keycloak's admin REST API, for one realm. Nothing is sent twice: whoever does not know whether a request has arrived
 * looks again.
 */
final class AdminApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Half of the life that Keycloak's realm "master" gives to access tokens. */
    private static final Duration TOKEN_USE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI server;
    private final String realm;
    private final Account account;
    private String token;
    private long tokenUntil;

    AdminApi(URI server, String realm, Account account) {
        this.server = server;
        this.realm = realm;
        this.account = account;
    }

    /** Everything below the realm; the empty path is the realm itself. */
    JsonNode get(String path) {
        return json(good(send("GET", realmPath() + path, null), "GET", path));
    }

    /** Empty if there is no such thing. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = send("GET", realmPath() + path, null);
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(json(good(answer, "GET", path)));
    }

    /** The element of the list at {@code path} whose {@code field} has this value. */
    Optional<JsonNode> find(String path, String field, String value) {
        return StreamSupport.stream(get(path).spliterator(), false)
                .filter(each -> each.path(field).asText().equals(value))
                .findFirst();
    }

    void post(String path, JsonNode body) {
        good(send("POST", realmPath() + path, body), "POST", path);
    }

    void put(String path, JsonNode body) {
        good(send("PUT", realmPath() + path, body), "PUT", path);
    }

    /** Also if it is gone already. */
    void delete(String path) {
        delete(path, null);
    }

    void delete(String path, JsonNode body) {
        HttpResponse<String> answer = send("DELETE", realmPath() + path, body);
        if (answer.statusCode() != 404) {
            good(answer, "DELETE", path);
        }
    }

    /** Empty where the account may not see it. */
    String serverVersion() {
        HttpResponse<String> answer = send("GET", "admin/serverinfo", null);
        return answer.statusCode() == 200
                ? json(answer).path("systemInfo").path("version").asText()
                : "";
    }

    /** One segment of a path, or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String realmPath() {
        return "admin/realms/" + encoded(realm);
    }

    private HttpResponse<String> send(String method, String path, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token())
                .header("Accept", "application/json");
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.toString()));
        }
        return exchange(request.build());
    }

    private String token() {
        if (token == null || System.nanoTime() - tokenUntil > 0) {
            String form = account.grant().entrySet().stream()
                    .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                    .collect(Collectors.joining("&"));
            HttpResponse<String> answer = exchange(HttpRequest.newBuilder(
                            server.resolve("realms/" + encoded(account.realm()) + "/protocol/openid-connect/token"))
                    .timeout(LIMIT)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build());
            if (answer.statusCode() != 200) {
                throw new RefusedException("Keycloak does not let " + account.name() + " in (realm " + account.realm()
                        + ", status " + answer.statusCode() + " "
                        + json(answer).path("error").asText() + ")");
            }
            token = json(answer).path("access_token").asText();
            tokenUntil = System.nanoTime() + TOKEN_USE.toNanos();
        }
        return token;
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new AdminApiException(
                    request.method() + " " + request.uri().getPath() + " got no answer: " + unreachable, unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AdminApiException("Interrupted", interrupted);
        }
    }

    private HttpResponse<String> good(HttpResponse<String> answer, String method, String path) {
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            throw new RefusedException(account.name() + " may not do this: " + method + " " + shown(path)
                    + ". The account needs the role realm-admin of the client realm-management (an administrator of the"
                    + " realm master has it)");
        }
        if (status == 404 && path.isEmpty()) {
            throw new RefusedException("There is no realm " + realm);
        }
        if (status / 100 != 2) {
            throw new AdminApiException(
                    method + " " + shown(path) + " answers " + status + " " + message(answer), null);
        }
        return answer;
    }

    private static String shown(String path) {
        return path.isEmpty() ? "the realm" : path;
    }

    private static String message(HttpResponse<String> answer) {
        JsonNode body = json(answer);
        return body.path("errorMessage").asText(body.path("error").asText());
    }

    /** An answer that is no JSON, such as a proxy's page, says nothing. */
    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }
}
