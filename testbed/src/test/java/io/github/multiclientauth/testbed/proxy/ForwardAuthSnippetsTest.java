package io.github.multiclientauth.testbed.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Checks the configurations for forward authentication, above all those of the proxies that no test can run. */
class ForwardAuthSnippetsTest {

    private static final Path SNIPPETS = Path.of("..", "docs", "proxies");

    /** The headers that say who somebody is. */
    private static final List<String> IDENTITY = List.of(
            "X-Auth-Request-User",
            "X-Auth-Request-Email",
            "X-Auth-Request-Preferred-Username",
            "X-Auth-Request-Groups",
            "X-Auth-Request-Provider",
            "X-Auth-Request-Access-Token");

    /** The lines that ask the facade. Comments and the rules that close the endpoint to browsers do not. */
    private static final Pattern QUESTION = Pattern.compile(
            "^(?!\\s*(?:#|--)).*(?:facade\\.internal:8090/api/auth/verify|import forward_auth|x-forward-auth-rules,"
                    + " value)");

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Without it, whoever gets a request with another host through is taken for a user of that host's application. */
    @Test
    void all_say_which_application_they_ask_about() throws Exception {
        try (Stream<Path> all = Files.list(SNIPPETS)) {
            List<Path> asking = all.filter(
                            snippet -> snippet.getFileName().toString().contains("-forward-auth."))
                    .toList();
            int questions = 0;
            for (Path snippet : asking) {
                for (String line : Files.readAllLines(snippet)) {
                    if (QUESTION.matcher(line).find()) {
                        questions++;
                        assertThat(line).as("%s", snippet).contains("client=portfolio");
                    }
                }
            }
            // Two of Caddy: one for pages, one for the API.
            assertThat(questions).isEqualTo(7);
        }
    }

    @Test
    void traefik_and_envoy_open_no_other_page_than_the_proxies_that_tests_run() throws Exception {
        Matcher traefik = Pattern.compile("PathRegexp\\(`(.*)`\\)$")
                .matcher(read("traefik-forward-auth.yaml")
                        .at("/http/routers/portfolio-open/rule")
                        .asText());
        assertThat(traefik.find()).isTrue();
        Predicate<String> envoy = Pattern.compile(
                        read("envoy-forward-auth.yaml").findValue("regex").asText())
                .asMatchPredicate();
        for (Predicate<String> isOpen :
                List.of(Pattern.compile(traefik.group(1)).asPredicate(), envoy)) {
            assertThat(PathSpellings.OPEN).allMatch(target -> isOpen.test(target.split("\\?")[0]));
            assertThat(PathSpellings.PROTECTED).noneMatch(target -> isOpen.test(target.split("\\?")[0]));
            // Traefik decodes once.
            assertThat(PathSpellings.ATTACKS)
                    .noneMatch(target -> isOpen.test(target.split("\\?")[0])
                            || isOpen.test(PathSpellings.decoded(target.split("\\?")[0])));
        }
    }

    @Test
    void traefik_asks_with_the_secret_and_passes_it_on_to_nobody() throws Exception {
        JsonNode http = read("traefik-forward-auth.yaml").path("http");
        JsonNode middlewares = http.path("middlewares");

        assertThat(http.path("routers")).allSatisfy(router -> {
            assertThat(http.path("services").has(router.path("service").asText()))
                    .isTrue();
            List<String> chain = texts(router.path("middlewares"));
            assertThat(chain).allMatch(middlewares::has);
            assertThat(chain.contains("not-cached")).isEqualTo(chain.contains("signed-in"));
            assertThat(chain.contains("signed-in")).isEqualTo(chain.contains("with-secret"));
            if (chain.contains("signed-in")) {
                assertThat(chain)
                        .containsSubsequence("no-forged-headers", "with-secret", "signed-in", "without-secret");
            }
        });
        assertThat(asked(http.path("routers"))).containsExactly("portfolio", "portfolio-api");
        // The longest rule goes first, so that this one is for what no other names.
        assertThat(http.at("/routers/portfolio/rule").asText()).isEqualTo("Host(`portfolio.example.com`)");
        assertThat(middlewares
                        .at("/not-cached/headers/customResponseHeaders/Cache-Control")
                        .asText())
                .isEqualTo("private, no-store");
        assertThat(middlewares.at("/without-secret/headers/customRequestHeaders/X-Forward-Auth-Secret"))
                .isEqualTo(JsonNodeFactory.instance.textNode(""));
        JsonNode question = middlewares.at("/signed-in/forwardAuth");
        assertThat(question.path("trustForwardHeader").asBoolean(true)).isFalse();
        JsonNode removed = middlewares.at("/no-forged-headers/headers/customRequestHeaders");
        for (String header : texts(question.path("authResponseHeaders"))) {
            assertThat(removed.path(header).asText("kept")).as(header).isEmpty();
        }
        assertThat(IDENTITY.stream().flatMap(ForwardAuthSnippetsTest::spellings))
                .hasSize(4 * 8 + 2 * 16)
                .allSatisfy(header -> assertThat(removed.path(header).asText("kept"))
                        .as(header)
                        .isEmpty());
    }

    /** No Traefik and no Envoy can be had here that would refuse a misspelt field. */
    @Test
    void traefik_knows_each_field() throws Exception {
        ProxyFields fields = fields("traefik-fields.yaml");
        for (String snippet : List.of("traefik.yaml", "traefik-forward-auth.yaml")) {
            assertThat(fields.unknown(read(snippet))).as(snippet).isEmpty();
        }

        String misspelt = Files.readString(SNIPPETS.resolve("traefik-forward-auth.yaml"))
                .replace("trustForwardHeader: false", "trustForwardHeaders: false")
                .replace("passHostHeader: true", "passHostHeader: \"yes\"")
                .replace("middlewares: [nobody]", "middlewares: nobody");
        assertThat(fields.unknown(yaml.readTree(misspelt)))
                .containsExactlyInAnyOrder(
                        "http.middlewares.signed-in.forwardAuth.trustForwardHeaders is unknown",
                        "http.services.facade.loadBalancer.passHostHeader is no boolean",
                        "http.routers.portfolio-verify.middlewares is no [text]");
    }

    @Test
    void envoy_knows_each_field() throws Exception {
        ProxyFields fields = fields("envoy-fields.yaml");
        String snippet = Files.readString(SNIPPETS.resolve("envoy-forward-auth.yaml"));

        assertThat(fields.unknown(withAliases(snippet))).isEmpty();
        assertThat(fields.unknown(withAliases(snippet.replace("path_prefix:", "pathprefix:")
                        .replace("DROP_HEADER", "REMOVE_HEADER")
                        .replace("ExtAuthzPerRoute", "ExtAuthzForRoute"))))
                .anyMatch(problem -> problem.endsWith(".http_service.pathprefix is unknown"))
                .anyMatch(problem ->
                        problem.endsWith(".headers_with_underscores_action is no ALLOW|REJECT_REQUEST|DROP_HEADER"))
                .anyMatch(problem -> problem.endsWith(".v3.ExtAuthzForRoute"));
    }

    private ProxyFields fields(String resource) throws IOException {
        try (InputStream types = getClass().getResourceAsStream(resource)) {
            return new ProxyFields(yaml.readTree(types));
        }
    }

    /** Jackson does not follow aliases. */
    private JsonNode withAliases(String text) {
        return yaml.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text));
    }

    @Test
    void envoy_removes_what_browsers_forge_before_it_asks_and_gives_them_no_token() throws Exception {
        JsonNode envoy = read("envoy-forward-auth.yaml").path("static_resources");
        JsonNode http = envoy.at("/listeners/0/filter_chains/0/filters/0/typed_config");
        JsonNode removal = http.at("/http_filters/0/typed_config/mutations/request_mutations");
        JsonNode question = http.at("/http_filters/1/typed_config");

        assertThat(removal.findValuesAsText("remove"))
                .contains("authorization", "x-forward-auth-secret", "x-forward-auth-rules")
                .containsAll(IDENTITY.stream()
                        .map(header -> header.toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(question.path("@type").asText()).endsWith(".ExtAuthz");
        assertThat(question.path("failure_mode_allow").asBoolean()).isFalse();
        assertThat(question.at("/allowed_headers/patterns").findValuesAsText("exact"))
                .contains("cookie", "sec-fetch-mode", "sec-fetch-dest")
                .noneMatch(header -> header.startsWith("x-forward-auth-"));
        JsonNode answer = question.at("/http_service/authorization_response");
        assertThat(answer.at("/allowed_upstream_headers/patterns").findValuesAsText("exact"))
                .contains("authorization", "x-auth-request-user");
        for (String toTheBrowser : List.of("allowed_client_headers", "allowed_client_headers_on_success")) {
            assertThat(answer.path(toTheBrowser).path("patterns").findValuesAsText("exact"))
                    .contains("set-cookie")
                    .doesNotContain("authorization", "x-auth-request-access-token");
        }
        JsonNode routes = http.at("/route_config/virtual_hosts/0/routes");
        assertThat(routes.at("/0/match/prefix").asText()).isEqualTo("/api/auth/verify");
        assertThat(routes.at("/0/direct_response/status").asInt()).isEqualTo(404);
        // The routes where nobody is asked have a configuration of their own for that.
        assertThat(routes)
                .allSatisfy(route -> assertThat(route.has("response_headers_to_add"))
                        .isNotEqualTo(route.has("typed_per_filter_config")));
        assertThat(StreamSupport.stream(routes.spliterator(), false)
                        .filter(route -> !route.has("typed_per_filter_config"))
                        .map(route -> route.at("/match/prefix").asText()))
                .containsExactly("/api/", "/");
        JsonNode added = routes.findValue("response_headers_to_add").path(0);
        assertThat(added.at("/header/key").asText() + ": "
                        + added.at("/header/value").asText())
                .isEqualTo("cache-control: private, no-store");
        assertThat(added.path("append_action").asText()).isEqualTo("OVERWRITE_IF_EXISTS_OR_ADD");
        List<String> clusters = envoy.path("clusters").findValuesAsText("name");
        assertThat(routes.findValuesAsText("cluster")).isNotEmpty().allMatch(clusters::contains);
    }

    /** A name with each of its hyphens as such and as an underscore, which some servers read as a hyphen. */
    private static Stream<String> spellings(String header) {
        int hyphen = header.indexOf('-');
        if (hyphen < 0) {
            return Stream.of(header);
        }
        String before = header.substring(0, hyphen);
        return spellings(header.substring(hyphen + 1))
                .flatMap(rest -> Stream.of(before + "-" + rest, before + "_" + rest));
    }

    private static List<String> asked(JsonNode routers) {
        return routers.properties().stream()
                .filter(router -> texts(router.getValue().path("middlewares")).contains("signed-in"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private JsonNode read(String snippet) throws IOException {
        return yaml.readTree(Files.readString(SNIPPETS.resolve(snippet)));
    }
}
