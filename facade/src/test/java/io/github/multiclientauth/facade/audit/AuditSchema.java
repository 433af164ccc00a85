package io.github.multiclientauth.facade.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The published schema of the audit stream. */
final class AuditSchema {

    static final Path FILE = Path.of("..", "docs", "reference", "audit.schema.json");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchema schema;

    AuditSchema() {
        try {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(JSON.readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a line. */
    List<String> problems(String line) {
        try {
            JsonNode object = JSON.readTree(line);
            return schema
                    .validate(object, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                    .stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        } catch (IOException e) {
            return List.of("no JSON: " + e.getMessage());
        }
    }
}
