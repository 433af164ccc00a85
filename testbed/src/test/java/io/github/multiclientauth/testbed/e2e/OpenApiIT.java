package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.e2e.SessionsRealm.SignedIn;
import io.github.multiclientauth.testbed.openapi.OpenApi;
import io.github.multiclientauth.testbed.openapi.OpenApi.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds answers of a real facade and a real Keycloak to the OpenAPI files: status, headers, media type and body. */
@EndToEnd
class OpenApiIT {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Chain chain;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    OpenApiIT(Chain chain) {
        this.chain = chain;
    }

    /** Sends requests and compares their answers. */
    private final class Caller {

        private final OpenApi file;
        private final String base;
        private final Map<String, String> always;

        Caller(OpenApi file, String base, Map<String, String> always) {
            this.file = file;
            this.base = base;
            this.always = always;
        }

        HttpResponse<String> sends(int status, String method, String target, String type, String body)
                throws IOException, InterruptedException {
            return sends(status, method, target, Map.of("Content-Type", type), body);
        }

        HttpResponse<String> sends(int status, String method, String target) throws IOException, InterruptedException {
            return sends(status, method, target, Map.of(), "");
        }

        HttpResponse<String> sends(int status, String method, String target, Map<String, String> headers, String body)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target))
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            always.forEach(request::setHeader);
            headers.forEach(request::setHeader);
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            String said = method + " " + target.replaceFirst("\\?.*", "");
            assertThat(response.statusCode()).as(said).isEqualTo(status);
            assertThat(file.problems(
                            method,
                            target.replaceFirst("\\?.*", ""),
                            new Answer(response.statusCode(), response.headers().map(), response.body())))
                    .as("%s: %d", said, status)
                    .isEmpty();
            return response;
        }
    }

    @Test
    void the_facade_answers_as_its_file_says() throws Exception {
        OpenApi file = OpenApi.of("facade");
        String base = chain.portfolio() + "/api/auth";
        Caller nobody = new Caller(file, base, Map.of());

        nobody.sends(200, "GET", "/csrf");
        nobody.sends(200, "GET", "/providers");
        nobody.sends(200, "GET", "/session");
        nobody.sends(400, "POST", "/session", JSON, "{}");
        nobody.sends(200, "GET", "/signin", Map.of("Accept", "text/html"), "");
        nobody.sends(200, "GET", "/signin", Map.of("Accept", JSON), "");
        nobody.sends(302, "GET", "/signin/github");
        nobody.sends(200, "GET", "/signin/github", Map.of("X-Auth-Return-Redirect", "1"), "");
        nobody.sends(404, "GET", "/signin/nobody", Map.of("Accept", JSON), "");
        nobody.sends(404, "GET", "/signin/nobody", Map.of("Accept", "text/html"), "");
        nobody.sends(403, "GET", "/signin/github", Map.of("Sec-Purpose", "prefetch", "Sec-Fetch-Mode", "no-cors"), "");
        nobody.sends(302, "GET", "/callback/github?state=x&code=x");
        nobody.sends(200, "GET", "/signout", Map.of("Accept", "text/html"), "");
        nobody.sends(200, "GET", "/sessions", Map.of("Accept", JSON), "");
        nobody.sends(302, "GET", "/sessions", Map.of("Accept", "text/html"), "");
        nobody.sends(400, "POST", "/sessions", Map.of("Accept", JSON, "Content-Type", JSON), "{\"others\":\"true\"}");
        nobody.sends(403, "GET", "/error?error=AccessDenied", Map.of("Accept", JSON), "");
        nobody.sends(500, "GET", "/error?error=Configuration", Map.of("Accept", "text/html"), "");
        nobody.sends(200, "POST", "/_log", JSON, "{}");
        nobody.sends(401, "POST", "/token", FORM, "client_id=portfolio&client_secret=wrong");
        nobody.sends(403, "POST", "/token", Map.of("Content-Type", FORM, "Sec-Fetch-Site", "same-origin"), "a=b");
        nobody.sends(400, "GET", "/csrf?callbackUrl=1&callbackUrl=2", Map.of("Accept", JSON), "");
        HttpResponse<String> script = nobody.sends(200, "GET", "/client.js");
        nobody.sends(
                304,
                "GET",
                "/client.js",
                Map.of("If-None-Match", script.headers().firstValue("ETag").orElseThrow()),
                "");
        nobody.sends(400, "POST", "/backchannel-logout", FORM, "logout_token=x");

        Person person = chain.somebody();
        Visitor visitor = chain.visitor();
        chain.atPortfolio(visitor).as(person.login());
        Caller somebody = new Caller(file, base, Map.of("Cookie", cookies(visitor)));
        JsonNode session =
                SessionsRealm.json(somebody.sends(200, "GET", "/session").body());
        assertThat(session.path("user").path("email").asText()).isEqualTo(person.email());
        JsonNode sessions = SessionsRealm.json(somebody.sends(200, "GET", "/sessions", Map.of("Accept", JSON), "")
                .body());
        assertThat(sessions.path("sessions")).hasSize(1);
        somebody.sends(200, "GET", "/sessions", Map.of("Accept", "text/html"), "");
        String csrf = SessionsRealm.json(somebody.sends(200, "GET", "/csrf").body())
                .path("csrfToken")
                .asText();
        String form = "csrfToken=" + csrf;
        somebody.sends(200, "POST", "/session", FORM, form);
        somebody.sends(200, "POST", "/sessions", Map.of("Content-Type", FORM, "Accept", JSON), form + "&others=true");
        somebody.sends(
                200, "POST", "/signin/github", Map.of("Content-Type", FORM, "X-Auth-Return-Redirect", "1"), form);
        somebody.sends(200, "POST", "/signout", Map.of("Content-Type", FORM, "X-Auth-Return-Redirect", "1"), form);
    }

    /** At the origin of the application's server, as nginx asks. */
    @Test
    void the_facade_answers_reverse_proxies_as_its_file_says() throws Exception {
        OpenApi file = OpenApi.of("facade");
        Map<String, String> secret = Map.of(
                "X-Forward-Auth-Secret",
                chain.secrets().forwardAuth(),
                "X-Original-URL",
                chain.portfolio() + "/orders");
        Caller nobody = new Caller(file, chain.facade() + "/api/auth", secret);
        nobody.sends(401, "GET", "/verify");
        nobody.sends(
                302,
                "GET",
                "/verify?rd",
                Map.of("Accept", "text/html", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"),
                "");
        nobody.sends(403, "GET", "/verify?client=another");
        nobody.sends(400, "GET", "/verify?misspelt=1");

        Visitor visitor = chain.visitor();
        chain.atPortfolio(visitor).as(chain.somebody().login());
        Caller somebody = new Caller(file, chain.facade() + "/api/auth", secret);
        Map<String, String> cookie = Map.of("Cookie", cookies(visitor));
        somebody.sends(200, "GET", "/verify", cookie, "");
        somebody.sends(403, "GET", "/verify?provider=google", cookie, "");
    }

    private static String cookies(Visitor visitor) {
        return visitor.cookies().all().stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
    }

    @Test
    void the_extension_answers_as_its_file_says() throws Exception {
        SessionsRealm realm = SessionsRealm.create(chain);
        try {
            realm.createRole(SessionsRealm.TOKENS_ROLE);
            OpenApi file = OpenApi.of("extension");
            Caller stranger = new Caller(file, realm.address() + "/multi-client-auth", Map.of());
            Caller user = bearer(file, realm, realm.userToken());
            Caller facade = bearer(file, realm, realm.facadeToken());
            SignedIn person = realm.signIn(SessionsRealm.SHOP);
            String sid = "/sessions/" + person.sid();
            String asking = "?client=shop&confirmedAt=" + person.at();
            String question = SessionsRealm.body(
                    SessionsRealm.question(SessionsRealm.SHOP, person),
                    SessionsRealm.question(SessionsRealm.SHOP, UUID.randomUUID().toString(), person.at()),
                    SessionsRealm.question("no application", person));

            stranger.sends(401, "GET", "/changes");
            user.sends(403, "GET", "/changes");
            facade.sends(200, "GET", "/changes");
            facade.sends(400, "GET", "/changes?since=x");
            stranger.sends(401, "POST", "/sessions", JSON, question);
            user.sends(403, "POST", "/sessions", JSON, question);
            facade.sends(200, "POST", "/sessions", JSON, question);
            facade.sends(400, "POST", "/sessions", JSON, "{}");
            facade.sends(415, "POST", "/sessions", "text/plain", question);
            facade.sends(413, "POST", "/sessions", JSON, " ".repeat(300_000));
            facade.sends(200, "GET", sid + "/siblings" + asking);
            facade.sends(400, "GET", sid + "/siblings");
            facade.sends(404, "DELETE", sid + "/siblings/" + UUID.randomUUID() + asking);
            facade.sends(200, "DELETE", sid + "/siblings" + asking);
            String token = "{\"client\":\"shop\",\"confirmedAt\":" + person.at() + "}";
            user.sends(403, "POST", sid + "/token", JSON, token);
            facade.sends(409, "POST", sid + "/token", JSON, token);
            realm.administrator().addMapper(SessionsRealm.SHOP, MadeClient.apiAccess("", ""));
            facade.sends(200, "POST", sid + "/token", JSON, token);
            facade.sends(404, "POST", "/sessions/" + UUID.randomUUID() + "/token", JSON, token);
            facade.sends(400, "DELETE", sid);
            facade.sends(204, "DELETE", sid + "?client=shop");
            facade.sends(404, "DELETE", sid + "?client=shop");
        } finally {
            realm.administrator().deleteRealm();
        }
    }

    @Test
    void the_extension_answers_about_settings_as_its_file_says() throws Exception {
        OpenApi file = OpenApi.of("extension");
        String base = chain.issuer() + "/multi-client-auth";
        new Caller(file, base, Map.of()).sends(401, "GET", "/directory");
        new Caller(file, base, Map.of()).sends(401, "GET", "/doctor");
        Caller facade =
                new Caller(file, base, Map.of("Authorization", "Bearer " + new DirectoryReader(chain).accessToken()));

        HttpResponse<String> directory = facade.sends(200, "GET", "/directory");
        facade.sends(
                304,
                "GET",
                "/directory",
                Map.of("If-None-Match", directory.headers().firstValue("ETag").orElseThrow()),
                "");
        facade.sends(200, "GET", "/doctor");
    }

    private Caller bearer(OpenApi file, SessionsRealm realm, String token) {
        return new Caller(file, realm.address() + "/multi-client-auth", Map.of("Authorization", "Bearer " + token));
    }
}
