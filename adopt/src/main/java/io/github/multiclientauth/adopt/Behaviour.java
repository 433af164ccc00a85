package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a flow does: its steps in their order, including those of sub-flows, with requirement, authenticator and settings. Ids and names
 * of sub-flows do not belong to it, so a flow can be compared with its copy.
 */
record Behaviour(List<FlowStep> steps) {

    /**
     * One step of a flow.
     *
     * @param title the name in the console; the same behaviour may have other titles
     * @param level the number of sub-flows around it
     * @param authenticator empty for a sub-flow
     * @param config its settings, {@code null} if it has none
     */
    record FlowStep(String title, int level, String requirement, String authenticator, JsonNode config) {

        private boolean doesAs(FlowStep other) {
            return json().equals(other.json());
        }

        private ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("level", level)
                    .put("requirement", requirement)
                    .put("authenticator", authenticator);
            if (config != null) {
                json.set("config", config);
            }
            return json;
        }
    }

    Behaviour {
        steps = List.copyOf(steps);
    }

    /** The form in the state file. */
    JsonNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        steps.forEach(step -> json.add(step.json()));
        return json;
    }

    /** What the first sub-flow on the highest level with this name does. */
    Behaviour ofSubFlow(String name) {
        List<FlowStep> within = new ArrayList<>();
        boolean inside = false;
        for (FlowStep step : steps) {
            if (step.level() == 0) {
                inside = step.title().equals(name) && step.authenticator().isEmpty();
            } else if (inside) {
                within.add(new FlowStep(
                        step.title(), step.level() - 1, step.requirement(), step.authenticator(), step.config()));
            }
        }
        return new Behaviour(within);
    }

    /** The steps that are in no sub-flow. */
    List<FlowStep> highest() {
        return steps.stream().filter(step -> step.level() == 0).toList();
    }

    /** The first difference of a copy from this flow, as text for an administrator. */
    Optional<String> differenceOf(Behaviour copy) {
        for (int i = 0; i < Math.max(steps.size(), copy.steps.size()); i++) {
            Optional<String> difference = difference(i, copy);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private Optional<String> difference(int i, Behaviour copy) {
        if (i >= copy.steps.size()) {
            return Optional.of("it lacks " + numbered(i, steps.get(i)));
        }
        FlowStep theirs = copy.steps.get(i);
        if (i >= steps.size()) {
            return Optional.of(numbered(i, theirs) + " is too much");
        }
        FlowStep ours = steps.get(i);
        if (ours.doesAs(theirs)) {
            return Optional.empty();
        }
        if (!ours.authenticator().equals(theirs.authenticator())) {
            return Optional.of("it has " + numbered(i, theirs) + ", where " + quoted(ours) + " belongs");
        }
        if (ours.level() != theirs.level()) {
            return Optional.of(numbered(i, theirs) + " is in another sub-flow");
        }
        if (!ours.requirement().equals(theirs.requirement())) {
            return Optional.of(
                    numbered(i, theirs) + " is " + theirs.requirement() + " in place of " + ours.requirement());
        }
        return Optional.of(numbered(i, theirs) + " has other settings");
    }

    private static String numbered(int i, FlowStep step) {
        return "step " + (i + 1) + " " + quoted(step);
    }

    private static String quoted(FlowStep step) {
        return '"' + step.title() + '"';
    }
}
