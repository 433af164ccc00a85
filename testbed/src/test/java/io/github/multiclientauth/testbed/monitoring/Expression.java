package io.github.multiclientauth.testbed.monitoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of PromQL selects, as far as the checks need it. promtool checks the syntax.
 *
 * @param selectors what it selects
 * @param grouped the labels by which it groups or joins
 */
record Expression(List<Selector> selectors, List<String> grouped) {

    /**
     * A selector such as {@code up{job="facade"}}.
     *
     * @param metric a pattern of names
     */
    record Selector(Pattern metric, List<Condition> conditions) {}

    /**
     * A condition such as {@code outcome=~"grace|unavailable"}.
     *
     * @param values one, or the alternatives of a pattern
     */
    record Condition(String label, List<String> values) {}

    /** Labels that Prometheus adds to each series; the namespace in Kubernetes only. */
    static final List<String> OF_PROMETHEUS = List.of("namespace", "job", "instance");

    /** A series of Prometheus itself: whether it could read a target. */
    static final String UP = "up";

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "by", "without");
    private static final String NAME = "[a-zA-Z_:][\\w:]*";
    private static final String TEXT = "\"(?:[^\"\\\\]|\\\\.)*\"";

    private static final Pattern GROUPING =
            Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile(
            "(" + NAME + ")?\\{((?:[^{}\"]|" + TEXT + ")*)}|(?<!\\w)(" + NAME + ")(?!\\s*\\()(?![\\w:])");
    private static final Pattern CONDITION = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    static Expression of(String text) {
        List<String> grouped = new ArrayList<>();
        Matcher grouping = GROUPING.matcher(text);
        String rest = grouping.replaceAll(found -> {
            grouped.addAll(List.of(found.group(1).strip().split("\\s*,\\s*")));
            return " ";
        });
        List<Selector> selectors = new ArrayList<>();
        Matcher selector = SELECTOR.matcher(rest.replaceAll("\\[[^]]*]", " "));
        while (selector.find()) {
            String name = selector.group(1) == null ? selector.group(3) : selector.group(1);
            if (name == null || !WORDS.contains(name)) {
                selectors.add(selector(name, selector.group(2) == null ? "" : selector.group(2)));
            }
        }
        return new Expression(selectors, grouped);
    }

    private static Selector selector(String name, String braces) {
        Pattern metric = name == null ? null : Pattern.compile(Pattern.quote(name));
        List<Condition> conditions = new ArrayList<>();
        Matcher condition = CONDITION.matcher(braces);
        while (condition.find()) {
            if (condition.group(1).equals("__name__")) {
                metric = Pattern.compile(condition.group(3));
            } else {
                boolean pattern = condition.group(2).endsWith("~");
                conditions.add(new Condition(
                        condition.group(1),
                        pattern ? List.of(condition.group(3).split("\\|")) : List.of(condition.group(3))));
            }
        }
        return new Selector(metric, conditions);
    }

    /** Metrics, labels and values that neither a facade nor another rule has. */
    List<String> unknownTo(Scrape scrape, Set<String> madeByRules) {
        List<String> mistakes = new ArrayList<>();
        List<String> labels = new ArrayList<>(OF_PROMETHEUS);
        for (Selector selector : selectors) {
            if (selector.metric().matcher(UP).matches()) {
                continue;
            }
            if (madeByRules.stream()
                    .anyMatch(name -> selector.metric().matcher(name).matches())) {
                // Our rules sum up by namespace and job.
                selector.conditions().stream()
                        .filter(condition -> !List.of("namespace", "job").contains(condition.label()))
                        .forEach(condition -> mistakes.add(condition.label()));
                continue;
            }
            var metrics = scrape.metrics().entrySet().stream()
                    .filter(metric -> selector.metric().matcher(metric.getKey()).matches())
                    .toList();
            if (metrics.isEmpty()) {
                mistakes.add(selector.metric().pattern().replaceAll("\\\\[QE]", ""));
            }
            metrics.forEach(metric -> labels.addAll(metric.getValue().keySet()));
            for (Condition condition : selector.conditions()) {
                for (var metric : metrics) {
                    if (!metric.getValue().containsKey(condition.label())
                            && !OF_PROMETHEUS.contains(condition.label())) {
                        mistakes.add(metric.getKey() + "{" + condition.label() + "}");
                    }
                }
                if (Scrape.CLOSED.contains(condition.label())) {
                    condition.values().stream()
                            .filter(value -> metrics.stream()
                                    .noneMatch(metric -> metric.getValue()
                                            .getOrDefault(condition.label(), Collections.emptySortedSet())
                                            .contains(value)))
                            .forEach(value -> mistakes.add(condition.label() + "=\"" + value + "\""));
                }
            }
        }
        grouped.stream().filter(label -> !labels.contains(label)).forEach(label -> mistakes.add("by (" + label + ")"));
        return mistakes;
    }
}
