package io.github.multiclientauth.facade.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.audit.AuditEvent;
import io.github.multiclientauth.facade.audit.AuditField;
import io.github.multiclientauth.facade.audit.AuditReason;
import io.github.multiclientauth.facade.audit.Outcome;
import io.github.multiclientauth.facade.event.ApplicationChange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditReferenceTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String HEAD = """
            # Audit stream

            One JSON object a line. [How to turn it on and ship it](../how-to/audit.md). The same as a JSON schema, for programs:
            [audit.schema.json](audit.schema.json).

            This page is made from the code (`AuditReferenceTest`). The build fails when it differs, and every line that the
            tests cause is held to the schema.

            """;

    private static final List<AuditField> REQUIRED =
            List.of(AuditField.SCHEMA, AuditField.TIME, AuditField.INSTANCE, AuditField.EVENT, AuditField.OUTCOME);

    @Test
    void the_page_has_every_event_reason_and_field() {
        Reference.of("audit.md")
                .holdTo(HEAD
                        + "## Events\n\n"
                        + Reference.table(List.of("`event`", "`outcome`", "Meaning"))
                        + Arrays.stream(AuditEvent.values())
                                .map(event -> Reference.row(
                                        "`" + event.value() + "`",
                                        outcomes(event)
                                                .map(value -> "`" + value + "`")
                                                .collect(Collectors.joining(", ")),
                                        event.meaning()))
                                .collect(Collectors.joining())
                        + "\n## Outcomes\n\n"
                        + Reference.table(List.of("`outcome`", "Meaning"))
                        + Arrays.stream(Outcome.values())
                                .map(outcome -> Reference.row("`" + outcome.value() + "`", outcome.meaning()))
                                .collect(Collectors.joining())
                        + "\n## Reasons\n\n"
                        + Reference.table(List.of("`reason`", "Meaning"))
                        + Arrays.stream(AuditReason.values())
                                .map(reason -> Reference.row("`" + reason.value() + "`", reason.meaning()))
                                .collect(Collectors.joining())
                        + "\n## Fields\n\nEvery line has "
                        + REQUIRED.stream()
                                .map(field -> "`" + field.key() + "`")
                                .collect(Collectors.joining(", "))
                        + ". The others are there where they are known.\n\n"
                        + Reference.table(List.of("Field", "Meaning"))
                        + Arrays.stream(AuditField.values())
                                .map(field -> Reference.row("`" + field.key() + "`", field.meaning()))
                                .collect(Collectors.joining()));
    }

    private static Stream<String> outcomes(AuditEvent event) {
        return Arrays.stream(Outcome.values())
                .filter(event.outcomes()::contains)
                .map(Outcome::value);
    }

    @Test
    void the_schema_has_every_event_reason_and_field() throws JsonProcessingException {
        ObjectNode schema = JSON.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "A line of the audit stream of Multi-Client Auth")
                .put("type", "object");
        ArrayNode required = schema.putArray("required");
        REQUIRED.forEach(field -> required.add(field.key()));
        ObjectNode properties = schema.putObject("properties");
        for (AuditField field : AuditField.values()) {
            describe(properties.putObject(field.key()).put("description", field.meaning()), field);
        }
        schema.put("additionalProperties", false);
        ArrayNode rules = schema.putArray("allOf");
        for (AuditEvent event : AuditEvent.values()) {
            ObjectNode rule = rules.addObject();
            rule.putObject("if").putObject("properties").putObject("event").put("const", event.value());
            ArrayNode allowed = rule.putObject("then")
                    .putObject("properties")
                    .putObject("outcome")
                    .putArray("enum");
            outcomes(event).forEach(allowed::add);
        }
        Reference.of("audit.schema.json")
                .holdTo(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n");
    }

    private static void describe(ObjectNode property, AuditField field) {
        switch (field.type()) {
            case NUMBER -> property.put("type", "integer").put("minimum", 1);
            case TIME ->
                property.put("type", "string")
                        .put("format", "date-time")
                        .put("pattern", "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$");
            case TEXT -> text(property);
            case TEXTS -> text(list(property));
            case HASH, TRACE -> hash(property);
            case HASHES -> hash(list(property));
            case EVENT -> values(property, Arrays.stream(AuditEvent.values()).map(AuditEvent::value));
            case OUTCOME -> values(property, Arrays.stream(Outcome.values()).map(Outcome::value));
            case REASON -> values(property, Arrays.stream(AuditReason.values()).map(AuditReason::value));
            case SETTINGS ->
                values(
                        list(property),
                        Arrays.stream(ApplicationChange.Setting.values())
                                .map(setting -> setting.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static ObjectNode list(ObjectNode property) {
        return property.put("type", "array").put("maxItems", 100).putObject("items");
    }

    private static void text(ObjectNode property) {
        property.put("type", "string").put("maxLength", 301);
    }

    private static void hash(ObjectNode property) {
        property.put("type", "string").put("pattern", "^[0-9a-f]{32}$");
    }

    private static void values(ObjectNode property, Stream<String> values) {
        ArrayNode allowed = property.put("type", "string").putArray("enum");
        values.forEach(allowed::add);
    }
}
