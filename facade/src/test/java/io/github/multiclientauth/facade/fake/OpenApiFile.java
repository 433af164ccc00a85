package io.github.multiclientauth.facade.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The operations in the OpenAPI file of the facade. */
public final class OpenApiFile {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");

    private OpenApiFile() {}

    /** Such as {@code GET /csrf}. */
    public static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(field -> METHODS.contains(field.getKey()))
                        .forEach(operation ->
                                operations.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return operations;
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(Files.readString(Path.of("../docs/reference/openapi-facade.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
