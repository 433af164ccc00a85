package io.github.multiclientauth.testbed.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An OpenAPI file. Each check gives one line for each mistake. */
public final class OpenApi {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");
    private static final Pattern PLACE = Pattern.compile("\\{([^}]+)}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;

    /** The document in which no object may have fields that it does not name, so that answers with others are found. */
    private final JsonNode closed;

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    /** An answer to hold against the file. */
    public record Answer(int status, Map<String, List<String>> headers, String body) {

        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .findFirst();
        }
    }

    /** @param text in YAML, without anchors */
    OpenApi(String text) {
        try {
            this.document = new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.closed = document.deepCopy();
        close(closed);
    }

    /** Reads {@code docs/reference/openapi-<name>.yaml}. */
    public static OpenApi of(String name) {
        try {
            return new OpenApi(Files.readString(Path.of(
                    System.getProperty("testbed.root", ".."), "docs", "reference", "openapi-" + name + ".yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.has("properties")
                && !object.has("additionalProperties")
                && object.path("type").asText().equals("object")) {
            object.put("additionalProperties", false);
        }
        node.forEach(OpenApi::close);
    }

    /** Each operation, such as {@code GET /csrf}, with its query parameters. */
    public Map<String, Set<String>> operations() {
        Map<String, Set<String>> operations = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(field -> METHODS.contains(field.getKey()))
                        .forEach(operation -> operations.put(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                parameters(path.getValue(), operation.getValue(), "query"))));
        return operations;
    }

    private Set<String> parameters(JsonNode path, JsonNode operation, String in) {
        return Stream.of(path, operation)
                .flatMap(owner -> stream(owner.path("parameters")))
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isTextual() ? document.at(reference.textValue().substring(1)) : node;
    }

    /** What is wrong with the file itself. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        if (!document.path("openapi").asText().startsWith("3.1.")) {
            mistakes.add("it is not OpenAPI 3.1");
        }
        if (!document.path("info").path("version").asText().equals("current")) {
            mistakes.add("the facade cannot put its version into info.version");
        }
        brokenReferences(document, "#", mistakes);
        if (!mistakes.isEmpty()) {
            // Nothing can be held to a schema that is not there.
            return mistakes;
        }
        unused().forEach(component -> mistakes.add(component + " is not used"));
        Set<String> ids = new HashSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(field -> METHODS.contains(field.getKey()))
                        .forEach(operation -> look(path.getKey(), path.getValue(), operation, ids, mistakes)));
        schemas(document, "#", mistakes);
        examples(document, "#", mistakes);
        return mistakes;
    }

    private void look(
            String path, JsonNode item, Map.Entry<String, JsonNode> operation, Set<String> ids, List<String> mistakes) {
        String name = operation.getKey() + " " + path;
        JsonNode value = operation.getValue();
        String id = value.path("operationId").asText();
        if (id.isBlank() || !ids.add(id)) {
            mistakes.add(name + ": the operationId is missing or there twice");
        }
        if (value.path("summary").asText().isBlank() || value.path("tags").isEmpty()) {
            mistakes.add(name + ": no summary, or no tag");
        }
        if (value.path("responses").isEmpty()) {
            mistakes.add(name + ": no responses");
        }
        Set<String> tags = stream(document.path("tags"))
                .map(tag -> tag.path("name").asText())
                .collect(Collectors.toSet());
        stream(value.path("tags"))
                .filter(tag -> !tags.contains(tag.asText()))
                .forEach(tag -> mistakes.add(name + ": there is no tag " + tag));
        Set<String> places =
                PLACE.matcher(path).results().map(found -> found.group(1)).collect(Collectors.toSet());
        if (!parameters(item, value, "path").equals(places)) {
            mistakes.add(name + ": its path parameters are not those of the path");
        }
        value.path("responses").properties().forEach(response -> {
            if (resolved(response.getValue()).path("description").asText().isBlank()) {
                mistakes.add(name + " " + response.getKey() + ": no description");
            }
        });
    }

    private void brokenReferences(JsonNode node, String place, List<String> mistakes) {
        JsonNode reference = node.path("$ref");
        if (reference.isTextual()
                && (!reference.textValue().startsWith("#/")
                        || document.at(reference.textValue().substring(1)).isMissingNode())) {
            mistakes.add(place + ": there is no " + reference.textValue());
        }
        each(node, place, (child, at) -> brokenReferences(child, at, mistakes));
    }

    private Set<String> unused() {
        Set<String> unused = new TreeSet<>();
        String text = document.toString();
        document.path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue().fieldNames().forEachRemaining(name -> {
                    String reference = "#/components/" + kind.getKey() + "/" + name;
                    if (!text.contains("\"" + reference + "\"")) {
                        unused.add(reference);
                    }
                }));
        return unused;
    }

    private static void each(JsonNode node, String place, java.util.function.BiConsumer<JsonNode, String> visit) {
        if (node.isObject()) {
            node.properties().forEach(field -> visit.accept(field.getValue(), place + "/" + field.getKey()));
        } else {
            node.forEach(element -> visit.accept(element, place + "/-"));
        }
    }

    /** Holds each schema to the schema of schemas. */
    private void schemas(JsonNode node, String place, List<String> mistakes) {
        JsonSchema meta = factory.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        each(node, place, (child, at) -> {
            boolean isSchema = at.endsWith("/schema") || at.matches("#/components/schemas/[^/]+");
            if (isSchema) {
                meta.validate(child).forEach(message -> mistakes.add(at + ": " + message.getMessage()));
            } else {
                schemas(child, at, mistakes);
            }
        });
    }

    /** Each example has to fit the schema beside it. */
    private void examples(JsonNode node, String place, List<String> mistakes) {
        if (node.has("example") && node.has("schema")) {
            problems(node.path("schema"), node.path("example"))
                    .forEach(problem -> mistakes.add(place + ": " + problem));
        }
        each(node, place, (child, at) -> examples(child, at, mistakes));
    }

    private List<String> problems(JsonNode schema, JsonNode value) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", closed.path("components"));
        ObjectNode own = schema.deepCopy();
        close(own);
        own.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
        return factory.getSchema(whole).validate(value).stream()
                .map(message -> message.getMessage())
                .toList();
    }

    /**
     * What the file does not say about an answer: no such operation or status, a missing header, another media type, or a
     * body that does not fit its schema.
     *
     * @param path below the address of the server, without a query
     */
    public List<String> problems(String method, String path, Answer answer) {
        Optional<JsonNode> operation = operation(method, path);
        if (operation.isEmpty()) {
            return List.of("there is no " + method + " " + path);
        }
        JsonNode response = resolved(operation.get().path("responses").path(Integer.toString(answer.status())));
        if (response.isMissingNode()) {
            return List.of(method + " " + path + " has no status " + answer.status());
        }
        List<String> problems = new ArrayList<>();
        response.path("headers").properties().stream()
                .filter(header -> header.getValue().path("required").asBoolean())
                .filter(header -> answer.header(header.getKey()).isEmpty())
                .forEach(header -> problems.add("the header " + header.getKey() + " is missing"));
        JsonNode content = response.path("content");
        if (answer.body().isEmpty()) {
            return problems;
        }
        String type = answer.header("Content-Type").orElse("").replaceFirst(";.*", "");
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            problems.add(method + " " + path + " " + answer.status() + " has no body of type \"" + type + "\"");
        } else if (media.has("schema")) {
            problems.addAll(problems(media.path("schema"), json(answer.body())));
        }
        return problems;
    }

    private static JsonNode json(String body) {
        try {
            JsonNode read = JSON.readTree(body);
            return read instanceof MissingNode ? NullNode.getInstance() : read;
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + body, e);
        }
    }

    /** A path without places counts before one with them. */
    private Optional<JsonNode> operation(String method, String path) {
        Function<Map.Entry<String, JsonNode>, Boolean> hasPlaces =
                item -> PLACE.matcher(item.getKey()).find();
        return document.path("paths").properties().stream()
                .filter(item -> pattern(item.getKey()).matcher(path).matches())
                .sorted((one, other) -> hasPlaces.apply(one).compareTo(hasPlaces.apply(other)))
                .map(item -> item.getValue().path(method.toLowerCase(java.util.Locale.ROOT)))
                .filter(JsonNode::isObject)
                .findFirst();
    }

    private static Pattern pattern(String template) {
        Matcher places = PLACE.matcher(template);
        StringBuilder pattern = new StringBuilder();
        int from = 0;
        while (places.find()) {
            pattern.append(Pattern.quote(template.substring(from, places.start())))
                    .append("[^/]+");
            from = places.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(template.substring(from))).toString());
    }
}
