package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor finds what is wrong with a realm, and reports nothing if all is right. */
@EndToEnd
class DoctorIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "account-of-the-doctor";
    private static final String SECRET = UUID.randomUUID().toString();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Chain chain;
    private final String realm = "doctor-" + UUID.randomUUID();
    private KeycloakAdministrator administrator;

    DoctorIT(Chain chain) {
        this.chain = chain;
    }

    /** Creates a realm with an account that may call the doctor, and nothing else of ours. */
    @BeforeEach
    void create() {
        ObjectNode representation = object().put("realm", realm).put("enabled", true);
        administrator = chain.administrator().createRealm(representation);
        administrator.createPlainClient(
                ACCOUNT,
                object().put("secret", SECRET)
                        .put("serviceAccountsEnabled", true)
                        .put("standardFlowEnabled", false));
    }

    @AfterEach
    void delete() {
        administrator.deleteRealm();
    }

    @Test
    void finds_nothing_wrong_with_the_applications_of_the_realm_file() throws Exception {
        JsonNode answer = ask(
                chain.issuer().toString(),
                DirectoryReader.CLIENT_ID,
                chain.secrets().facadeAccount());

        assertThat(answer.path("applications").intValue()).isGreaterThanOrEqualTo(2);
        assertThat(StreamSupport.stream(answer.path("findings").spliterator(), false)
                        // Other tests have made clients in the meantime.
                        .filter(finding -> !finding.has("clientId")
                                || Set.of("portfolio", "dashboard")
                                        .contains(finding.path("clientId").asText())))
                .isEmpty();
    }

    @Test
    void finds_what_an_unprepared_realm_lacks() throws Exception {
        administrator.mayViewClients(ACCOUNT);

        assertThat(findings())
                .as("it has no applications, and its flow is not ours")
                .containsExactly("scope-missing");
        JsonNode first = ask().path("findings").get(0);
        assertThat(first.path("severity").asText()).isEqualTo("error");
        assertThat(first.path("message").asText()).contains("\"multi-client-auth\"");
        assertThat(first.path("fix").asText()).startsWith("Client scopes");
    }

    @Test
    void accepts_a_flow_that_begins_with_the_step() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        optedIn("shop");
        administrator.createFlow("mine");
        administrator.addStep("mine", "client-origin");
        administrator.updateRealm(object().put("browserFlow", "mine"));

        assertThat(findings()).as("a new step is disabled").contains("shop flow-without-step");

        administrator.requireStep("mine", "client-origin");
        assertThat(findings()).doesNotContain("shop flow-without-step");
    }

    /** Uses the command, which the advice names first. */
    @Test
    void following_the_advice_with_the_command_locks_no_user_out(@TempDir Path directory) throws Exception {
        administrator.mayViewClients(ACCOUNT);
        optedIn("shop");
        anotherClientWithAPerson();
        assertThat(findings()).contains("shop flow-without-step").doesNotContain("flow-without-step");

        AdoptCommand.Result applied = new AdoptCommand(
                        URI.create(chain.keycloak().toString()),
                        realm,
                        chain.secrets().administrator(),
                        directory.resolve("state.json"))
                .run("apply", "--clients", "shop");

        assertThat(applied.status()).as(applied.err()).isZero();
        assertThat(findings()).noneMatch(finding -> finding.contains("flow-without-step"));
        assertThat(signsInAt("other")).as("who is no application").isTrue();
        assertThat(signsInAt("shop")).isTrue();
    }

    /** Follows the advice by hand, step by step. */
    @Test
    void following_the_advice_in_the_console_locks_no_user_out() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        optedIn("shop");
        anotherClientWithAPerson();
        assertThat(fix("flow-without-step"))
                .contains(
                        "Create flow, with the step Client origin, Required, and after it one sub-flow, Required",
                        "Authentication flow overrides > Browser flow");

        administrator.createFlow("of shop");
        administrator.addStep("of shop", "client-origin");
        administrator.requireStep("of shop", "client-origin");
        administrator.addRequiredSubFlow("of shop", "sign-in of shop");
        administrator.addStep("sign-in of shop", "auth-username-password-form");
        administrator.requireStep("sign-in of shop", "auth-username-password-form");
        administrator.overrideBrowserFlow("shop", "of shop");

        assertThat(findings()).noneMatch(finding -> finding.contains("flow-without-step"));
        assertThat(signsInAt("other")).as("who is no application").isTrue();
        assertThat(signsInAt("shop")).isTrue();
    }

    /** An earlier version of the doctor advised this setting. */
    @Test
    void finds_a_step_beside_alternatives_which_prevents_all_sign_ins() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        optedIn("shop");
        anotherClientWithAPerson();
        administrator.copyFlow("browser", "dragged");
        administrator.addStep("dragged", "client-origin");
        administrator.requireStep("dragged", "client-origin");
        administrator.overrideBrowserFlow("shop", "dragged");

        assertThat(findings()).contains("shop step-beside-alternatives").doesNotContain("shop flow-without-step");
        assertThat(signsInAt("shop")).isFalse();
        assertThat(signsInAt("other")).isTrue();
    }

    @Test
    void finds_a_provider_that_no_application_can_use() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        optedIn("shop");
        ObjectNode odd = object().put("alias", "pr\u00fcfstelle")
                .put("providerId", "github")
                .put("enabled", true);
        odd.putObject("config").put("clientId", "some").put("clientSecret", "thing");
        administrator.createProvider(odd);

        assertThat(findings()).contains("provider-alias-unusable", "shop no-provider");
    }

    /** Otherwise an administrator of one client could explore the network that Keycloak is in. */
    @Test
    void says_of_a_logout_url_only_whether_it_is_reachable() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        Set<String> asked = new ConcurrentSkipListSet<>();
        HttpServer inner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String address = "http://127.0.0.1:" + inner.getAddress().getPort();
        inner.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            exchange.getResponseHeaders().add("Location", address + "/200/followed");
            byte[] body = "canary".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(path.substring(1, 4)), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        inner.start();
        try {
            for (String status : List.of("200", "303", "307", "404", "500")) {
                application("at-" + status, List.of("https://" + status + ".example"), address + "/" + status);
            }
            application("at-nothing", List.of("https://nothing.example"), "http://127.0.0.1:1/logout");
            application("at-file", List.of("https://file.example"), "file:///etc/passwd");
            scope("at-200");
            for (String more : List.of("at-303", "at-307", "at-404", "at-500", "at-nothing", "at-file")) {
                administrator.optIn(more);
            }

            assertThat(findings().stream().filter(finding -> finding.endsWith("logout-url-unreachable")))
                    .containsExactly("at-file logout-url-unreachable", "at-nothing logout-url-unreachable");
            assertThat(asked).containsExactly("POST /200", "POST /303", "POST /307", "POST /404", "POST /500");
            assertThat(ask().toString())
                    .contains("http://127.0.0.1:1/logout is not reachable")
                    .doesNotContain("canary", "refused", "Exception", "status");

            asked.clear();
            administrator.createFlow("quiet");
            administrator.addStep("quiet", "client-origin");
            administrator.requireStep("quiet", "client-origin");
            administrator.configureStep("quiet", "client-origin", "logoutUrlsAsked", "false");
            administrator.updateRealm(object().put("browserFlow", "quiet"));

            assertThat(findings()).as("switched off").noneMatch(finding -> finding.endsWith("logout-url-unreachable"));
            assertThat(asked).isEmpty();
        } finally {
            inner.stop(0);
        }
    }

    /** Of the mapper's switches, the facade needs only this one. */
    @ParameterizedTest
    @CsvSource({
        "id.token.claim, true",
        "access.token.claim, false",
        "userinfo.token.claim, false",
        "introspection.token.claim, false",
    })
    void finds_a_mapper_whose_claims_are_not_in_the_id_token(String onOff, boolean isFinding) throws Exception {
        administrator.mayViewClients(ACCOUNT);
        ObjectNode scope = object().put("name", "multi-client-auth").put("protocol", "openid-connect");
        ObjectNode config = scope.putArray("protocolMappers")
                .addObject()
                .put("name", "Client origin")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-client-origin-mapper")
                .putObject("config");
        List.of("id.token.claim", "access.token.claim", "userinfo.token.claim", "introspection.token.claim")
                .forEach(each -> config.put(each, String.valueOf(!each.equals(onOff))));
        administrator.post("/client-scopes", scope);

        assertThat(findings().contains("scope-without-mapper")).isEqualTo(isFinding);
    }

    @Test
    void reports_what_is_wrong_with_applications() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        application("shop", List.of("https://shop.example", "https://www.shop.example"), "http://127.0.0.1:1/logout");
        administrator.addOptionalScope("shop", "multi-client-auth", MadeClient.audience("shop"));
        assertThat(findings())
                .contains(
                        "scope-without-mapper",
                        "shop no-provider",
                        "shop logout-url-unreachable",
                        "shop scope-optional",
                        "shop origin-without-redirect-uri")
                .doesNotContain("scope-missing", "shop origin-missing");

        application("twin", List.of("HTTPS://SHOP.EXAMPLE:443"), "http://127.0.0.1:2/nothing-is-here");
        application("nowhere", List.of("*"), "");
        administrator.optIn("twin");
        administrator.optIn("nowhere");
        administrator.addMapper("twin", MadeClient.rule("google"));
        ObjectNode github =
                object().put("alias", "github").put("providerId", "github").put("enabled", true);
        github.putObject("config").put("clientId", "some").put("clientSecret", "thing");
        administrator.createProvider(github);

        assertThat(findings())
                .contains(
                        "nowhere origin-missing",
                        "origin-registered-twice",
                        "shop redirect-uri-missing",
                        "twin logout-url-unreachable",
                        "twin provider-unavailable")
                .doesNotContain("shop no-provider", "twin scope-optional");

        administrator.updateRealm(object().put("defaultSignatureAlgorithm", "HS256"));
        assertThat(findings()).contains("shop id-token-algorithm", "twin id-token-algorithm");
        assertThat(fix("id-token-algorithm"))
                .as("other clients keep the realm's")
                .contains("at this client only");
        administrator.updateRealm(object().put("defaultSignatureAlgorithm", "RS256"));

        administrator.updateClient("twin", object().put("enabled", false));
        assertThat(findings())
                .as("what is switched off disturbs nobody")
                .doesNotContain("origin-registered-twice")
                .noneMatch(finding -> finding.startsWith("twin "));
    }

    @Test
    void answers_only_callers_that_may_read_the_directory() throws Exception {
        assertThat(send(issuer(), "").statusCode()).isEqualTo(401);
        assertThat(send(issuer(), "Bearer nonsense").statusCode()).isEqualTo(401);
        assertThat(send(issuer(), "Bearer " + token(issuer(), ACCOUNT, SECRET)).statusCode())
                .isEqualTo(403);
    }

    /** Creates an application that uses the realm's own flow. */
    private void optedIn(String clientId) {
        application(clientId, List.of("https://shop.example"), "");
        scope(clientId);
        administrator.addMapperToScope(
                "multi-client-auth",
                object().put("name", "Client origin")
                        .put("protocol", "openid-connect")
                        .put("protocolMapper", "oidc-client-origin-mapper"));
    }

    /** Creates the client scope and opts one client in. */
    private void scope(String clientId) {
        administrator.addOptionalScope(clientId, "multi-client-auth", MadeClient.audience(clientId));
    }

    private void anotherClientWithAPerson() {
        ObjectNode other = object().put("publicClient", true).put("standardFlowEnabled", true);
        other.putArray("redirectUris").add("https://shop.example/elsewhere");
        administrator.createPlainClient("other", other);
        administrator.createUser("somebody", "a-password-of-a-test");
    }

    /** Whether a user with a password gets a code at a client. */
    private boolean signsInAt(String clientId) {
        Visitor visitor = new Visitor();
        Answer page = visitor.browse(URI.create(Parameters.append(
                issuer() + "/protocol/openid-connect/auth",
                Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        clientId,
                        "scope",
                        "openid",
                        "redirect_uri",
                        "https://shop.example/elsewhere"))));
        if (page.document().selectFirst("form#kc-form-login") == null) {
            return false;
        }
        return visitor.post(
                        URI.create(page.document()
                                .selectFirst("form#kc-form-login")
                                .absUrl("action")),
                        Map.of("username", "somebody", "password", "a-password-of-a-test"))
                .location()
                .filter(location -> location.toString().contains("code="))
                .isPresent();
    }

    private String fix(String id) throws IOException, InterruptedException {
        return StreamSupport.stream(ask().path("findings").spliterator(), false)
                .filter(finding -> finding.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow()
                .path("fix")
                .asText();
    }

    private void application(String clientId, List<String> webOrigins, String logoutUrl) {
        ObjectNode settings = object().put("publicClient", true).put("standardFlowEnabled", true);
        webOrigins.forEach(settings.putArray("webOrigins")::add);
        settings.putArray("redirectUris").add("https://shop.example/elsewhere");
        settings.putObject("attributes").put("backchannel.logout.url", logoutUrl);
        administrator.createPlainClient(clientId, settings);
    }

    private Set<String> findings() throws IOException, InterruptedException {
        Set<String> findings = new TreeSet<>();
        for (JsonNode finding : ask().path("findings")) {
            assertThat(finding.path("fix").asText()).isNotBlank();
            String about = finding.path("clientId").asText();
            findings.add(
                    (about.isEmpty() ? "" : about + " ") + finding.path("id").asText());
        }
        return findings;
    }

    private JsonNode ask() throws IOException, InterruptedException {
        return ask(issuer(), ACCOUNT, SECRET);
    }

    private JsonNode ask(String issuer, String clientId, String secret) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(issuer, "Bearer " + token(issuer, clientId, secret));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String issuer, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + "/multi-client-auth/doctor"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String token(String issuer, String clientId, String secret) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Parameters.encode(
                        Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret))))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body())
                .path("access_token")
                .asText();
    }

    private String issuer() {
        return URI.create(chain.issuer() + "/../" + realm).normalize().toString();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
