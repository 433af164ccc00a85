package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Keycloak's admin REST API, for one realm. The command, the tests and the benchmarks use this one client.
 *
 * <p>It never repeats a request. If no answer arrived, the caller looks at the realm again to see what was done.
 */
public final class AdminApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Half the lifetime of access tokens of Keycloak's realm {@code master}. */
    private static final Duration TOKEN_USE = Duration.ofSeconds(30);

    private final URI server;
    private final String realm;
    private final Account account;
    private final AccessToken token;
    private final HttpClient client;

    /** The account's access token, shared by the clients of all realms. */
    private static final class AccessToken {

        private String value;
        private long until;

        private boolean isUsable() {
            return value != null && System.nanoTime() - until <= 0;
        }
    }

    private AdminApi(URI server, String realm, Account account, AccessToken token, HttpClient client) {
        this.client = client;
        this.server = server;
        this.realm = realm;
        this.account = account;
        this.token = token;
    }

    /** @param server the address of Keycloak, with a slash at its end */
    AdminApi(URI server, String realm, Account account, Trust trust) {
        this(server, realm, account, new AccessToken(), trust.client());
    }

    /**
     * Signs in as an administrator of the realm {@code master}.
     *
     * @param server the address of Keycloak
     * @param realm the realm to change
     * @param name the administrator's user name
     */
    public static AdminApi administrator(URI server, String realm, String name, String password) {
        return new AdminApi(
                server.resolve("/"),
                realm,
                new Account(Account.Kind.ADMINISTRATOR, name, new Secret(password), "master"),
                Trust.OF_JAVA);
    }

    /** The same account, for another realm. */
    public AdminApi at(String other) {
        return new AdminApi(server, other, account, token, client);
    }

    /** Creates a realm, and returns the client for it. */
    public AdminApi createRealm(JsonNode representation) {
        AdminApi created = at(representation.path("realm").asText());
        good(exchange("POST", "admin/realms", representation), "POST", "/admin/realms");
        return created;
    }

    /** Reads what is at a path below the realm. The empty path is the realm itself. */
    public JsonNode get(String path) {
        return send("GET", path, null);
    }

    /**
     * Sends a request and returns what Keycloak answers.
     *
     * @param path below the realm; the empty path is the realm itself
     * @param body null for none
     * @throws AdminApiException if Keycloak does not answer, or answers with an error
     * @throws RefusedException if the account may not do this
     */
    public JsonNode send(String method, String path, JsonNode body) {
        return json(good(exchange(method, realmPath() + path, body), method, path));
    }

    /** Reads what is at a path below the realm. Empty if nothing is there. */
    Optional<JsonNode> find(String path) {
        HttpResponse<String> answer = exchange("GET", realmPath() + path, null);
        return answer.statusCode() == 404 ? Optional.empty() : Optional.of(json(good(answer, "GET", path)));
    }

    /** Finds the element of the list at {@code path} whose {@code field} has this value. */
    Optional<JsonNode> find(String path, String field, String value) {
        return StreamSupport.stream(get(path).spliterator(), false)
                .filter(each -> each.path(field).asText().equals(value))
                .findFirst();
    }

    /** Adds to the list at {@code path}. */
    public void post(String path, JsonNode body) {
        send("POST", path, body);
    }

    /** Replaces what is at {@code path}. */
    public void put(String path, JsonNode body) {
        send("PUT", path, body);
    }

    /** Deletes what is at {@code path}. Succeeds also if it is gone already. */
    void delete(String path) {
        delete(path, null);
    }

    void delete(String path, JsonNode body) {
        HttpResponse<String> answer = exchange("DELETE", realmPath() + path, body);
        if (answer.statusCode() != 404) {
            good(answer, "DELETE", path);
        }
    }

    /** The version of Keycloak. Empty if the account may not see it. */
    String serverVersion() {
        HttpResponse<String> answer = exchange("GET", "admin/serverinfo", null);
        return answer.statusCode() == 200
                ? json(answer).path("systemInfo").path("version").asText()
                : "";
    }

    /**
     * Encodes a segment of a path or a value of a query. Keycloak 26.7 refuses a path in which a character is encoded without need, and a
     * tilde needs no encoding (RFC 3986, section 2.3).
     */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%7E", "~");
    }

    private String realmPath() {
        return "admin/realms/" + encoded(realm);
    }

    private HttpResponse<String> exchange(String method, String path, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + accessToken())
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (!method.equals("GET")) {
            request.header("Content-Type", "application/json");
        }
        return exchange(request.build());
    }

    /** The account's access token, renewed before it expires. */
    public String accessToken() {
        synchronized (token) {
            if (!token.isUsable()) {
                renew();
            }
            return token.value;
        }
    }

    private void renew() {
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
            String error = json(answer).path("error").asText();
            throw new RefusedException("Keycloak does not let " + account.name() + " in (realm " + account.realm()
                    + ", status " + answer.statusCode() + " " + error + ")"
                    + (error.isEmpty()
                            ? ". This is no answer of Keycloak: is --server its address, with its path?"
                            : ""));
        }
        token.value = json(answer).path("access_token").asText();
        token.until = System.nanoTime() + TOKEN_USE.toNanos();
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            if (Trust.isUnknownAuthority(unreachable)) {
                throw new RefusedException(
                        "This machine's Java does not trust the certificate of " + server.getHost() + ". If it is of an"
                                + " authority of your own, name its PEM file: --trusted-certificates ca.pem",
                        unreachable);
            }
            if (Trust.isCausedBy(unreachable, UnresolvedAddressException.class)) {
                throw new RefusedException(
                        "There is no host " + server.getHost() + ": is --server Keycloak's address?", unreachable);
            }
            throw new AdminApiException(
                    request.method() + " " + request.uri().getPath() + " got no answer from " + server.getAuthority()
                            + ": " + reason(unreachable),
                    unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AdminApiException("Interrupted", interrupted);
        }
    }

    private static String reason(IOException failure) {
        return failure instanceof ConnectException ? "no connection" : failure.toString();
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

    /** Reads the answer. An answer that is not JSON, such as a proxy's page, counts as empty. */
    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }
}
