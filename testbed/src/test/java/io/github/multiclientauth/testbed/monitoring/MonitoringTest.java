package io.github.multiclientauth.testbed.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/alerts.yaml, its tests, and docs/grafana-dashboard.json, held to the metrics that OperationIT has recorded from a real facade. */
class MonitoringTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path RULES = DOCS.resolve("alerts.yaml");
    private static final Path TESTS = DOCS.resolve("alerts.test.yaml");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<JsonNode> rules = all(YAML.readTree(RULES.toFile()).path("groups"), "rules");
    private final List<JsonNode> tests =
            stream(YAML.readTree(TESTS.toFile()).path("tests")).toList();
    private final List<JsonNode> panels = stream(
                    JSON.readTree(DOCS.resolve("grafana-dashboard.json").toFile())
                            .path("panels"))
            .filter(panel -> !panel.path("type").asText().equals("row"))
            .toList();
    private final Scrape scrape = Scrape.recorded();

    @TempDir
    private Path work;

    MonitoringTest() throws IOException {}

    // Slow: promtool evaluates all rules for each minute of seven hours.
    @Test
    void the_rules_pass_their_tests() throws Exception {
        Tool promtool = Tool.promtool();

        assertThat(promtool.run("check", "rules", RULES.toString()))
                .satisfies(checked ->
                        assertThat(checked.status()).as(checked.output()).isZero());
        assertThat(promtool.run("test", "rules", TESTS.toString()))
                .satisfies(tested ->
                        assertThat(tested.status()).as(tested.output()).isZero());
    }

    @Test
    void each_alert_is_seen_to_fire_and_to_be_silent() {
        Map<String, Set<Boolean>> seen = new TreeMap<>();
        tests.stream()
                .flatMap(test -> stream(test.path("alert_rule_test")))
                .forEach(checked -> seen.computeIfAbsent(
                                checked.path("alertname").asText(), name -> new HashSet<>())
                        .add(checked.path("exp_alerts").isEmpty()));

        assertThat(alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(seen.get(alert.path("alert").asText()))
                        .as(alert.path("alert").asText())
                        .containsExactlyInAnyOrder(true, false));
    }

    @Test
    void each_alert_says_how_urgent_it_is_and_what_happens() {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.path("labels").path("severity").asText()).isIn("page", "ticket");
            assertThat(alert.path("annotations").path("summary").asText()).matches("[A-Z{].*\\.");
        });
    }

    @Test
    void the_rules_use_what_a_facade_has() {
        assertThat(rules)
                .allSatisfy(rule -> assertThat(unknown(rule.path("expr").asText()))
                        .as(rule.toString())
                        .isEmpty());
    }

    @Test
    void the_tests_of_the_rules_use_series_that_a_facade_has() {
        assertThat(tests.stream().flatMap(test -> stream(test.path("input_series"))))
                .isNotEmpty()
                .allSatisfy(series -> {
                    String text = series.path("series").asText();
                    if (text.startsWith(Expression.UP + "{")) {
                        return;
                    }
                    assertThat(unknown(text)).as(text).isEmpty();
                    Scrape of = Scrape.of(text);
                    String name = of.metrics().firstKey();
                    Set<String> labels = new HashSet<>(of.metrics().get(name).keySet());
                    assertThat(labels).as(text).contains("job", "instance");
                    labels.removeAll(Expression.OF_PROMETHEUS);
                    assertThat(labels)
                            .as("all labels of %s", name)
                            .isEqualTo(scrape.metrics().get(name).keySet());
                });
    }

    @Test
    void the_dashboard_uses_what_a_facade_has() {
        assertThat(queries())
                .hasSizeGreaterThan(20)
                .allSatisfy(query -> assertThat(unknown(query)).as(query).isEmpty());
    }

    @Test
    void a_metric_label_or_value_that_no_facade_has_is_found() {
        assertThat(
                        unknown(
                                "sum by (clent) (rate(multi_client_auth_callbacks_total{outcome=\"refusd\",instanc=\"a\"}[5m]))"
                                        + " > 0.2 * gone or multi_client_auth:gone:rate5m and"
                                        + " {__name__=~\"multi_client_auth_(callbacks|sign_outs)_total\",outcome=~\"refused|goned\"}"))
                .containsExactlyInAnyOrder(
                        "by (clent)",
                        "outcome=\"refusd\"",
                        "multi_client_auth_callbacks_total{instanc}",
                        "gone",
                        "multi_client_auth:gone:rate5m",
                        "outcome=\"goned\"");
    }

    @Test
    void the_queries_of_the_dashboard_are_promql() throws Exception {
        ObjectNode file = JSON.createObjectNode();
        ObjectNode group = file.putArray("groups").addObject().put("name", "dashboard");
        ArrayNode asRules = group.putArray("rules");
        for (String query : queries()) {
            asRules.addObject()
                    .put("record", "panel:query" + asRules.size())
                    .put("expr", query.replaceAll("\\[\\$__(rate_interval|range)]", "[5m]"));
        }
        Path written = Files.writeString(work.resolve("queries.yaml"), file.toString());

        Tool.Outcome checked = Tool.promtool().run("check", "rules", written.toString());

        assertThat(checked.status()).as(checked.output()).isZero();
    }

    @Test
    void the_panels_have_a_place_a_name_and_an_explanation() {
        assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        Set<List<Integer>> taken = new HashSet<>();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).endsWith(".");
            assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(taken.add(List.of(
                                    place.path("x").asInt() + x, place.path("y").asInt() + y)))
                            .as("the place of %s is free", panel.path("title"))
                            .isTrue();
                }
            }
        });
    }

    /** Job and namespace are those of a release: a rule that mixes two installations compares what has nothing in common. */
    @Test
    void whatever_is_summed_up_is_of_one_installation() {
        Pattern grouped = Pattern.compile("\\b(sum|count|min|max|avg)\\b(?! by \\(namespace, job[,)])");

        assertThat(rules)
                .allSatisfy(rule -> assertThat(rule.path("expr").asText())
                        .as(rule.toString())
                        .doesNotContainPattern(grouped));
        assertThat(queries())
                .allSatisfy(query -> assertThat(Expression.of(query).selectors())
                        .allSatisfy(selector -> assertThat(selector.conditions())
                                .as(query)
                                .extracting(Expression.Condition::label)
                                .contains("namespace", "job")));
    }

    private List<String> unknown(String expression) {
        Set<String> recorded = rules.stream()
                .filter(rule -> rule.has("record"))
                .map(rule -> rule.path("record").asText())
                .collect(Collectors.toSet());
        return Expression.of(expression).unknownTo(scrape, recorded);
    }

    private List<JsonNode> alerts() {
        return rules.stream().filter(rule -> rule.has("alert")).toList();
    }

    private List<String> queries() {
        return all(panels, "targets").stream()
                .map(target -> target.path("expr").asText())
                .toList();
    }

    private static List<JsonNode> all(Iterable<JsonNode> parents, String field) {
        List<JsonNode> children = new ArrayList<>();
        parents.forEach(parent -> parent.path(field).forEach(children::add));
        return children;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
