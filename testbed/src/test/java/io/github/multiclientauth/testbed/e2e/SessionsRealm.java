package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A realm whose settings tests may change: three applications whose users give their password to the token endpoint, a
 * client that is none, and the facade's account.
 */
final class SessionsRealm {

    static final String SHOP = "shop";
    static final String BLOG = "blog";

    /** A public client. */
    static final String APP = "app";

    /** A client without the scope. */
    static final String OTHER = "other";

    static final String ROLE = "multi-client-auth-sessions";
    static final String TOKENS_ROLE = "multi-client-auth-tokens";

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String FACADE = "multi-client-auth-facade";
    private static final String SECRET = UUID.randomUUID().toString();
    private static final String REDIRECT = "http://made.example/callback";

    private final URI address;
    private final KeycloakAdministrator administrator;
    private final HttpClient client = HttpClient.newHttpClient();

    /** A user who has signed in. */
    record SignedIn(String userId, String sid, long at, JsonNode tokens) {

        /** The expiry of the refresh token, in seconds. */
        long refreshUntil() {
            return claims(tokens, "refresh_token").path("exp").longValue();
        }

        /** Keeps tokens out of messages. */
        @Override
        public String toString() {
            return sid;
        }
    }

    private SessionsRealm(URI address, KeycloakAdministrator administrator) {
        this.address = address;
        this.administrator = administrator;
    }

    static SessionsRealm create(Chain chain) {
        return create(chain.administrator(), chain.issuer());
    }

    /** @param issuer of any realm of the server */
    static SessionsRealm create(KeycloakAdministrator keycloak, URI issuer) {
        String name = "sessions-" + UUID.randomUUID();
        ObjectNode realm = JSON.createObjectNode()
                .put("realm", name)
                .put("enabled", true)
                .put("sslRequired", "none")
                .put("rememberMe", true)
                .put("eventsEnabled", true);
        ArrayNode clients = realm.putArray("clients");
        for (String id : List.of(SHOP, BLOG, APP, OTHER)) {
            ObjectNode client = clients.addObject()
                    .put("clientId", id)
                    .put("secret", SECRET)
                    .put("enabled", true)
                    .put("publicClient", id.equals(APP))
                    .put("standardFlowEnabled", true)
                    .put("directAccessGrantsEnabled", true);
            client.putArray("redirectUris").add(REDIRECT);
        }
        clients.addObject()
                .put("clientId", FACADE)
                .put("secret", SECRET)
                .put("enabled", true)
                .put("standardFlowEnabled", false)
                .put("serviceAccountsEnabled", true)
                .put("fullScopeAllowed", false);
        KeycloakAdministrator administrator = keycloak.createRealm(realm);
        ObjectNode scope =
                JSON.createObjectNode().put("name", "multi-client-auth").put("protocol", "openid-connect");
        scope.putArray("protocolMappers")
                .addObject()
                .put("name", "Client origin")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-client-origin-mapper")
                .putObject("config")
                .put("id.token.claim", "true");
        administrator.post("/client-scopes", scope);
        List.of(SHOP, BLOG, APP).forEach(administrator::optIn);
        SessionsRealm made = new SessionsRealm(issuer.resolve(name), administrator);
        made.createRole(ROLE);
        return made;
    }

    /** The address of the realm, which is its issuer. */
    URI address() {
        return address;
    }

    KeycloakAdministrator administrator() {
        return administrator;
    }

    /** The same realm at another node of Keycloak. */
    SessionsRealm at(URI node) {
        return new SessionsRealm(node.resolve(address.getPath()), administrator);
    }

    /** Makes a realm role that the facade's account has, and its tokens may have. */
    void createRole(String role) {
        administrator.post("/roles", JSON.createObjectNode().put("name", role));
        giveRole(role, true);
        administrator.post(
                "/clients/" + administrator.idOfClient(FACADE) + "/scope-mappings/realm",
                JSON.createArrayNode().add(administrator.get("/roles/" + role)));
    }

    /** Assigns the role to the facade's account, or takes it away. */
    void giveRole(boolean given) {
        giveRole(ROLE, given);
    }

    void giveRole(String role, boolean given) {
        String user = administrator
                .get("/clients/" + administrator.idOfClient(FACADE) + "/service-account-user")
                .path("id")
                .asText();
        administrator.send(
                given ? "POST" : "DELETE",
                "/users/" + user + "/role-mappings/realm",
                JSON.createArrayNode().add(administrator.get("/roles/" + role)));
    }

    /** A new user, signed in. */
    SignedIn signIn(String client) {
        return signIn(client, "openid");
    }

    SignedIn signIn(String client, String scope) {
        return signIn(client, newUser(), scope);
    }

    /** @return the user's name, which is the password too */
    String newUser() {
        String name = "user-" + UUID.randomUUID();
        administrator.createUser(name, name);
        return name;
    }

    SignedIn signIn(String client, String name, String scope) {
        return signedIn(
                grant(client, Map.of("grant_type", "password", "username", name, "password", name, "scope", scope)));
    }

    /** Signs in on Keycloak's login page. */
    SignedIn signInByBrowser(String client, Visitor visitor, boolean remembered) {
        String name = newUser();
        Answer page = visitor.browse(login(client));
        Map<String, String> form = new LinkedHashMap<>(Map.of("username", name, "password", name));
        if (remembered) {
            form.put("rememberMe", "on");
        }
        Answer back =
                visitor.post(URI.create(page.document().selectFirst("form").absUrl("action")), form);
        return signedIn(client, back);
    }

    /** Lets an administrator begin a session as the user. */
    SignedIn impersonate(String client, String userId) {
        Visitor visitor = new Visitor();
        String realm = address.getPath().replaceFirst(".*/", "");
        visitor.postJson(
                address.resolve("/admin/realms/" + realm + "/users/" + userId + "/impersonation"),
                "{}",
                "Authorization",
                "Bearer " + administrator.accessToken());
        return signedIn(client, visitor.get(login(client)));
    }

    private URI login(String client) {
        return URI.create(Parameters.append(
                endpoint("auth").toString(),
                Map.of("response_type", "code", "client_id", client, "redirect_uri", REDIRECT, "scope", "openid")));
    }

    private SignedIn signedIn(String client, Answer back) {
        String code = Parameters.ofQuery(back.location().orElseThrow()).get("code");
        return signedIn(
                grant(client, Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT)));
    }

    private static SignedIn signedIn(JsonNode tokens) {
        JsonNode claims = claims(tokens, "id_token");
        return new SignedIn(
                claims.path("sub").asText(),
                claims.path("sid").asText(),
                claims.path("iat").longValue(),
                tokens);
    }

    /** Whether Keycloak itself still takes the session for alive. */
    boolean isRefreshable(String client, SignedIn signedIn) {
        try {
            refresh(client, signedIn);
            return true;
        } catch (AssertionError refused) {
            return false;
        }
    }

    JsonNode refresh(String client, SignedIn signedIn) {
        return grant(
                client,
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        signedIn.tokens().path("refresh_token").asText()));
    }

    private JsonNode grant(String clientId, Map<String, String> grant) {
        Map<String, String> form = new LinkedHashMap<>(grant);
        form.put("client_id", clientId);
        if (!clientId.equals(APP)) {
            form.put("client_secret", SECRET);
        }
        Answer answer = new Visitor().post(endpoint("token"), form);
        if (answer.status() != 200) {
            throw new AssertionError(
                    answer + ": " + answer.json().path("error_description").asText());
        }
        return answer.json();
    }

    /** An access token of the facade's account. */
    String facadeToken() {
        return grant(FACADE, Map.of("grant_type", "client_credentials"))
                .path("access_token")
                .asText();
    }

    /** An access token of a user without the role. */
    String userToken() {
        return signIn(SHOP).tokens().path("access_token").asText();
    }

    static ObjectNode question(String client, SignedIn signedIn) {
        return question(client, signedIn.sid(), signedIn.at());
    }

    static ObjectNode question(String client, String sid, long confirmedAt) {
        return JSON.createObjectNode()
                .put("client", client)
                .put("sid", sid)
                .put("confirmedAt", confirmedAt)
                .put("extend", false);
    }

    static ObjectNode extending(String client, SignedIn signedIn) {
        return question(client, signedIn).put("extend", true);
    }

    /** The answers to these questions. */
    JsonNode ask(JsonNode... questions) {
        HttpResponse<String> answer = post(facadeToken(), body(questions));
        if (answer.statusCode() != 200) {
            throw new AssertionError("sessions answers " + answer.statusCode() + " " + answer.body());
        }
        return json(answer.body()).path("sessions");
    }

    /** The answer to one question. */
    JsonNode askOne(JsonNode question) {
        JsonNode answers = ask(question);
        if (answers.size() != 1) {
            throw new AssertionError(answers.size() + " answers to one question");
        }
        return answers.path(0);
    }

    static String body(JsonNode... questions) {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("sessions").addAll(List.of(questions));
        return body.toString();
    }

    HttpResponse<String> post(String token, String body) {
        return send("POST", "", token, "application/json", body);
    }

    HttpResponse<String> end(String token, String sid, String client) {
        return send("DELETE", "/" + sid + (client.isEmpty() ? "" : "?client=" + client), token, null, "");
    }

    /** The answer to a question for an access token. */
    HttpResponse<String> token(String token, String sid, ObjectNode question) {
        return send("POST", "/" + sid + "/token", token, "application/json", question.toString());
    }

    /** @param token null for none */
    HttpResponse<String> send(String method, String path, String token, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/multi-client-auth/sessions" + path))
                .method(method, BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", interrupted);
        }
    }

    private URI endpoint(String name) {
        return URI.create(address + "/protocol/openid-connect/" + name);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    static JsonNode claims(JsonNode tokens, String name) {
        String token = tokens.path(name).asText();
        return json(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }
}
