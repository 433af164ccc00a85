package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.fake.FileSource;
import io.github.multiclientauth.facade.web.RawHttp.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The status for operators, of a facade with 2,000 applications and a Keycloak that cannot be reached. */
@QuarkusTest
@TestProfile(StatusRoutesTest.ManyApplications.class)
class StatusRoutesTest {

    private static final String HOSTILE = "</td><script>alert(1)</script><a href=\"javascript:alert(1)\">'{x}&amp;";

    @TestHTTPResource
    URI server;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @ConfigProperty(name = "quarkus.application.version")
    String version;

    @ConfigProperty(name = "mca.client-key.file")
    Path keyFile;

    /** Each with two origins. The first ones have what somebody could enter in Keycloak to harm the page. */
    public static final class ManyApplications extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            try {
                Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "status");
                Files.writeString(
                        directory.resolve("applications.json"), applications().toString());
                settings.put(
                        FileSource.SETTING,
                        directory.resolve("applications.json").toString());
                settings.put(
                        "mca.client-key.file", directory.resolve("keys.json").toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            settings.put("AUTH_SECRET_1", "oX7vQ2mTw9PzR4sYb6NcLd1FhGjUe8Ap");
            return settings;
        }

        private static ObjectNode applications() {
            ObjectNode document =
                    JsonNodeFactory.instance.objectNode().put("version", 1).put("realm", "test");
            ArrayNode list = document.putArray("applications");
            for (int i = 0; i < 2000; i++) {
                ObjectNode application = list.addObject()
                        .put("clientId", i == 0 ? "a" + HOSTILE : "app-%04d".formatted(i))
                        .put("name", i == 0 ? HOSTILE : "Application %04d".formatted(i))
                        .put("authentication", "none")
                        .put("enabled", i != 1);
                application
                        .putArray("webOrigins")
                        .add("https://app-" + i + ".example.com")
                        .add("https://www.app-" + i + ".example.com");
                ObjectNode provider =
                        application.putArray("providers").addObject().put("alias", i % 2 == 0 ? "github" : "google");
                if (i == 0) {
                    provider.put("displayName", HOSTILE);
                }
                if (i == 2) {
                    ObjectNode previews = application.putObject("previews");
                    previews.putArray("patterns").add("https://*-preview.example.com");
                    previews.put("callbackOrigin", "https://app-2.example.com");
                }
            }
            list.addObject().put("clientId", "broken");
            return document;
        }
    }

    private Answer ask(String method, String path, String... headers) {
        String[] head = new String[headers.length + 2];
        head[0] = method + " " + path + " HTTP/1.1";
        head[1] = "Host: management";
        System.arraycopy(headers, 0, head, 2, headers.length);
        return new RawHttp(management.getPort()).send("", head);
    }

    private Document page(String path, String... headers) {
        Answer answer = ask("GET", path, headers);
        assertThat(answer.status()).isEqualTo(200);
        return Jsoup.parse(answer.body());
    }

    private JsonNode json(String path) {
        Answer answer = ask("GET", path);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).contains("application/json");
        try {
            return new ObjectMapper().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(Document page) {
        return page.select("section[aria-labelledby=applications] tbody th code")
                .eachText();
    }

    @Test
    void is_for_the_management_port_alone() {
        for (String path : List.of("/status", "/status.json", "/status/doctor", "/api/auth/status")) {
            for (String method : List.of("GET", "POST")) {
                Answer answer = new RawHttp(server.getPort())
                        .send("", method + " " + path + " HTTP/1.1", "Host: app-3.example.com");
                assertThat(answer.status()).as("%s %s", method, path).isIn(400, 404);
                assertThat(answer.body()).doesNotContain("app-0004", version);
            }
        }
    }

    @Test
    void says_what_runs_and_for_whom() {
        Document page = page("/status");

        assertThat(page.select("dt").eachText()).contains("Version", "Running for", "Issuer");
        assertThat(page.select("dd").eachText())
                .contains(version, "http://127.0.0.1:1/realms/test", "2000, 1 of them disabled");
        assertThat(page.selectFirst("header .badge").text()).isEqualTo("Ready");
        assertThat(json("/status.json").path("facade").path("version").asText()).isEqualTo(version);
        assertThat(json("/status.json").path("ready").asBoolean()).isTrue();
        // Missing if this was built from an archive of the source.
        assertThat(json("/status.json").path("facade").path("commit").asText()).matches("([0-9a-f]{7,40})?");
    }

    @Test
    void escapes_what_others_have_entered() {
        Document page = page("/status");

        assertThat(page.select("script")).isEmpty();
        assertThat(page.select("a[href^=javascript]")).isEmpty();
        Element row =
                page.select("section[aria-labelledby=applications] tbody tr").first();
        assertThat(row.selectFirst("th code").text()).isEqualTo("a" + HOSTILE);
        assertThat(row.selectFirst("th").ownText()).isEqualTo(HOSTILE);
        assertThat(row.select("td").last().text()).contains(HOSTILE);
        assertThat(json("/status.json")
                        .path("applications")
                        .path("list")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo(HOSTILE);
    }

    @Test
    void escapes_what_is_searched() {
        String searched = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%26page=7%23%7Bx%7D";

        Document page = page("/status?q=" + searched);

        assertThat(page.select("script")).isEmpty();
        assertThat(page.selectFirst("#q").val()).isEqualTo("\"><script>alert(1)</script>&page=7#{x}");
        assertThat(page.text()).contains("No application is found.");
    }

    @Test
    void shows_fifty_applications_at_a_time() {
        Document first = page("/status");
        Document last = page("/status?page=40");

        assertThat(names(first)).hasSize(50).contains("app-0001", "app-0049").doesNotContain("app-0050");
        assertThat(first.selectFirst("nav").text()).isEqualTo("1 to 50 of 2,000 Next →");
        assertThat(last.selectFirst("nav").text()).isEqualTo("← Previous 1,951 to 2,000 of 2,000");
        assertThat(names(last)).hasSize(50).contains("app-1999");
        assertThat(names(page("/status" + first.selectFirst("a[rel=next]").attr("href"))))
                .contains("app-0050", "app-0099");
        assertThat(ask("GET", "/status").body().length()).isLessThan(60_000);
    }

    @Test
    void finds_applications_by_each_of_their_names() {
        assertThat(names(page("/status?q=APP-0123"))).containsExactly("app-0123");
        assertThat(names(page("/status?q=www.app-77.example"))).containsExactly("app-0077");
        assertThat(names(page("/status?q=application+0009"))).containsExactly("app-0009");
        Document google = page("/status?q=google&page=2");
        assertThat(names(google)).hasSize(50).contains("app-0103", "app-0201");
        assertThat(google.selectFirst("a[rel=next]").attr("href")).isEqualTo("?q=google&page=3#applications");
        assertThat(json("/status.json?q=app-0123")
                        .path("applications")
                        .path("matching")
                        .asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=-1", "page=x", "page=99999999999", "q=", "page=1&page=2", "unknown", "q"})
    void begins_with_the_first_page_if_it_cannot_understand_the_question(String query) {
        assertThat(names(page("/status?" + query))).contains("app-0001");
    }

    @Test
    void leads_to_the_last_page_beyond_the_end() {
        assertThat(names(page("/status?page=41"))).contains("app-1999");
        assertThat(names(page("/status?page=2147483647"))).contains("app-1999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%", "q=%zz", "q=%ff", "q=%00"})
    void survives_a_question_that_is_no_text(String query) {
        assertThat(ask("GET", "/status?" + query).status()).isEqualTo(200);
    }

    @Test
    void shows_disabled_applications_and_previews() {
        assertThat(page("/status?q=app-0001").select("tbody th .badge").eachText())
                .contains("disabled");
        assertThat(page("/status?q=app-0002").text()).contains("Previews: https://*-preview.example.com");
    }

    @Test
    void shows_keys_and_secrets_without_their_content() throws IOException {
        String html = ask("GET", "/status").body();
        JsonNode json = json("/status.json");

        JsonNode key = new ObjectMapper()
                .readTree(Files.readString(keyFile))
                .path("keys")
                .path(0);
        assertThat(json.path("keys").path(0).path("id").asText())
                .isEqualTo(key.path("kid").asText());
        assertThat(json.path("keys").path(0).path("use").asText()).isEqualTo("signing");
        assertThat(json.path("keys").path(0).path("certifiedUntil").asText()).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(json.path("masterSecrets")).hasSize(2);
        assertThat(json.path("masterSecrets").path(0).path("fingerprint").asText())
                .matches("[0-9a-f]{6}");
        assertThat(json.path("masterSecrets").path(0).path("sealing").asBoolean())
                .isTrue();
        for (String secret : List.of(
                key.path("d").asText(),
                TwoApplications.MASTER,
                Base64.getEncoder().encodeToString(TwoApplications.MASTER.getBytes()),
                "oX7vQ2mTw9PzR4sYb6NcLd1FhGjUe8Ap",
                "directory-client-secret-canary",
                "portfolio-client-secret-canary")) {
            assertThat(html).doesNotContain(secret);
            assertThat(json.toString()).doesNotContain(secret);
        }
    }

    /** Quarkus lets every page read what is at the management port. An operator's browser may reach it at localhost. */
    @ParameterizedTest
    @ValueSource(strings = {"http://evil.test", "null", "http://management"})
    void no_page_of_another_site_may_read_it(String origin) {
        for (String path : List.of("/status", "/status.json")) {
            assertThat(ask("GET", path, "Origin: " + origin).headers())
                    .as(path)
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("access-control"));
        }
    }

    @Test
    void has_the_headers_of_the_other_pages_and_no_script() {
        Answer answer = ask("GET", "/status");

        assertThat(answer.header("content-type")).contains("text/html; charset=utf-8");
        assertThat(answer.header("cache-control").orElse("")).contains("no-store");
        assertThat(answer.header("x-content-type-options")).contains("nosniff");
        assertThat(answer.header("referrer-policy")).contains("same-origin");
        assertThat(answer.header("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .contains("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'");
        assertThat(Jsoup.parse(answer.body()).select("script, [style], [onclick], img, link, iframe"))
                .isEmpty();
        Answer json = ask("GET", "/status.json");
        assertThat(json.header("cache-control").orElse("")).contains("no-store");
        assertThat(json.header("x-content-type-options")).contains("nosniff");
    }

    @Test
    void answers_programs_and_germans_in_their_language() {
        assertThat(ask("GET", "/status", "Accept: application/json").header("content-type"))
                .contains("application/json");
        Document german = page("/status", "Accept-Language: de-AT,de;q=0.9,en;q=0.5");

        assertThat(german.selectFirst("html").attr("lang")).isEqualTo("de");
        assertThat(german.select("h2").eachText()).contains("Anwendungen", "Schlüssel");
        assertThat(german.selectFirst("nav").text()).contains("1 bis 50 von 2.000");
    }

    /** Quarkus keeps one facade for this class, so that what the doctor found stays for a minute. */
    @Test
    void runs_the_doctor_on_demand_and_not_again_within_a_minute() {
        JsonNode before = json("/status.json").path("doctor");
        assertThat(ask("GET", "/status/doctor").status()).isIn(404, 405);
        assertThat(ask("POST", "/status/doctor", "Sec-Fetch-Site: cross-site").status())
                .isEqualTo(403);
        for (String origin : List.of("http://evil.test", "null", "https://localhost", "")) {
            assertThat(ask("POST", "/status/doctor", "Origin: " + origin).status())
                    .as(origin)
                    .isEqualTo(403);
        }
        assertThat(json("/status.json").path("doctor")).isEqualTo(before);
        assertThat(before.has("endedAt")).isFalse();
        assertThat(before.path("findings").findValuesAsText("id"))
                .contains("application-unusable")
                .doesNotContain("issuer-unreachable");

        Answer answer = ask("POST", "/status/doctor", "Sec-Fetch-Site: same-origin");

        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).contains("../status#doctor");
        JsonNode after = json("/status.json").path("doctor");
        assertThat(after.path("findings").findValuesAsText("id")).contains("issuer-unreachable");
        assertThat(page("/status").select(".findings code").eachText()).contains("issuer-unreachable");
        assertThat(json("/status.json").path("keycloak").findParents("lastFailure"))
                .anySatisfy(contact -> assertThat(contact.path("endpoint").asText() + " " + contact.path("failing"))
                        .isEqualTo("metadata true"));

        ask("POST", "/status/doctor");
        assertThat(ask("POST", "/status/doctor", "Origin: http://management").status())
                .isEqualTo(303);
        assertThat(json("/status.json").path("doctor").path("endedAt")).isEqualTo(after.path("endedAt"));
    }

    @Test
    void asks_keycloak_nothing_by_itself() {
        String before = keycloakRequests();

        page("/status");
        json("/status.json");

        assertThat(keycloakRequests()).isEqualTo(before);
    }

    /** Without the changes, which are polled every second. */
    private String keycloakRequests() {
        return ask("GET", "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("multi_client_auth_keycloak_requests_seconds_count"))
                .filter(line -> !line.contains("\"changes\"") && !line.contains("\"metadata\""))
                .sorted()
                .toList()
                .toString();
    }
}
