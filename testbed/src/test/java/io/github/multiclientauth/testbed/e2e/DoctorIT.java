package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The doctor finds what is wrong with a realm, and nothing where all is right. */
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

    /** With an account that may ask, and nothing else of ours. */
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
    void nothing_is_wrong_with_the_applications_of_the_realm_file() throws Exception {
        JsonNode answer = ask(
                chain.issuer().toString(),
                DirectoryReader.CLIENT_ID,
                chain.secrets().facadeAccount());

        assertThat(answer.path("applications").intValue()).isGreaterThanOrEqualTo(2);
        assertThat(StreamSupport.stream(answer.path("findings").spliterator(), false)
                        // Other tests make clients of their own meanwhile.
                        .filter(finding -> !finding.has("clientId")
                                || Set.of("portfolio", "dashboard")
                                        .contains(finding.path("clientId").asText()))
                        .filter(finding -> !finding.path("id").asText().equals("flow-without-step")))
                .isEmpty();
    }

    @Test
    void a_realm_that_is_not_prepared_is_told_what_it_lacks() throws Exception {
        administrator.mayViewClients(ACCOUNT);

        assertThat(findings()).containsExactly("flow-without-step", "picture-not-kept", "scope-missing");
        JsonNode first = ask().path("findings").get(0);
        assertThat(first.path("severity").asText()).isEqualTo("error");
        assertThat(first.path("message").asText()).contains("\"browser\"");
        assertThat(first.path("mend").asText()).startsWith("Authentication > Flows");
    }

    @Test
    void a_flow_that_begins_with_the_step_is_right() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        administrator.createFlow("mine");
        administrator.addStep("mine", "client-origin");
        administrator.updateRealm(object().put("browserFlow", "mine"));

        assertThat(findings()).as("a new step is disabled").contains("flow-without-step");

        administrator.requireStep("mine", "client-origin");
        assertThat(findings()).doesNotContain("flow-without-step");
    }

    @Test
    void applications_are_told_what_is_wrong_with_them() throws Exception {
        administrator.mayViewClients(ACCOUNT);
        application("shop", List.of("https://shop.example", "https://www.shop.example"), "http://127.0.0.1:1/logout");
        administrator.addOptionalScope("shop", "multi-client-auth", MadeClient.audience("shop"));
        assertThat(findings())
                .contains(
                        "scope-without-mapper",
                        "shop no-provider",
                        "shop logout-url-unreachable",
                        "shop origin-without-redirect-uri")
                .doesNotContain("scope-missing", "shop logout-url-missing", "shop origin-missing");

        application("twin", List.of("HTTPS://SHOP.EXAMPLE:443"), chain.issuer() + "/nothing-is-here");
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
                        "nowhere logout-url-missing",
                        "nowhere origin-missing",
                        "nowhere origin-unusable",
                        "shop origin-registered-twice",
                        "shop redirect-uri-missing",
                        "twin logout-url-unreachable",
                        "twin origin-registered-twice",
                        "twin provider-unavailable")
                .doesNotContain("shop no-provider");

        administrator.updateClient("twin", object().put("enabled", false));
        assertThat(findings())
                .as("what is switched off disturbs nobody")
                .doesNotContain("shop origin-registered-twice")
                .noneMatch(finding -> finding.startsWith("twin "));
    }

    @Test
    void the_doctor_answers_whom_the_directory_answers() throws Exception {
        assertThat(send(issuer(), "").statusCode()).isEqualTo(401);
        assertThat(send(issuer(), "Bearer nonsense").statusCode()).isEqualTo(401);
        assertThat(send(issuer(), "Bearer " + token(issuer(), ACCOUNT, SECRET)).statusCode())
                .isEqualTo(403);
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
            assertThat(finding.path("mend").asText()).isNotBlank();
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
