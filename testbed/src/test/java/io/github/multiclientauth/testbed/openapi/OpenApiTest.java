package io.github.multiclientauth.testbed.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.multiclientauth.testbed.openapi.OpenApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the OpenAPI files to OpenAPI and to JSON Schema, and that of the extension to its JAX-RS methods. The facade's routes
 * are held to its file by tests of its own module.
 */
class OpenApiTest {

    private static final String EXTENSION = "io.github.multiclientauth.extension.";
    private static final String JAX_RS = "jakarta.ws.rs.";
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    /** A small file without a mistake. */
    private static final String GOOD = """
            openapi: 3.1.0
            info: { title: Test, version: current }
            tags: [{ name: a }]
            paths:
              /things/{id}:
                parameters:
                  - { name: id, in: path, required: true, schema: { type: string } }
                get:
                  operationId: getThing
                  summary: A thing
                  tags: [a]
                  responses:
                    "200":
                      description: It
                      headers: { ETag: { required: true, schema: { type: string } } }
                      content:
                        application/json:
                          schema: { $ref: "#/components/schemas/Thing" }
                          example: { name: x }
            components:
              schemas:
                Thing: { type: object, required: [name], properties: { name: { type: string } } }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"facade", "extension"})
    void the_files_have_no_mistake(String name) {
        assertThat(OpenApi.of(name).operations()).hasSizeGreaterThan(8);
        assertThat(OpenApi.of(name).mistakes()).isEmpty();
    }

    @Test
    void a_file_without_a_mistake_has_none() {
        assertThat(new OpenApi(GOOD).mistakes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openapi: 3.1.0 | openapi: 3.0.3",
                "version: current | version: '1'",
                "operationId: getThing | description: x",
                "summary: A thing | description: x",
                "tags: [a] | tags: [b]",
                "name: id, | name: other,",
                "description: It | description: ''",
                "schemas/Thing\" | schemas/Nothing\"",
                "example: { name: x } | example: { name: 1 }",
                "example: { name: x } | example: { name: x, more: 1 }",
                "example: { name: x } | example: {}",
                "schema: { type: string } } | schema: { type: text } }",
                "{ $ref: \"#/components/schemas/Thing\" } | { type: object, properties: { name: { type: string } } }",
            })
    void a_planted_mistake_is_found(String right, String wrong) {
        assertThat(GOOD).contains(right);
        assertThat(new OpenApi(GOOD.replace(right, wrong)).mistakes()).isNotEmpty();
    }

    @Test
    void an_answer_that_differs_from_the_file_is_found() {
        OpenApi file = new OpenApi(GOOD);
        Map<String, List<String>> headers = Map.of("etag", List.of("1"), "content-type", List.of("application/json"));

        assertThat(file.problems("GET", "/things/1", new Answer(200, headers, "{\"name\":\"x\"}")))
                .isEmpty();
        assertThat(file.problems("GET", "/things/1", new Answer(200, headers, "{\"name\":1}")))
                .hasSize(1);
        assertThat(file.problems("GET", "/things/1", new Answer(200, headers, "{\"name\":\"x\",\"more\":1}")))
                .hasSize(1);
        assertThat(file.problems("GET", "/things/1", new Answer(404, headers, "")))
                .hasSize(1);
        assertThat(file.problems("POST", "/things/1", new Answer(200, headers, "")))
                .hasSize(1);
        assertThat(file.problems("GET", "/things/1/more", new Answer(200, headers, "")))
                .hasSize(1);
        assertThat(file.problems("GET", "/things/1", new Answer(200, Map.of(), "x")))
                .hasSize(2);
    }

    @Test
    void the_extension_serves_what_is_in_its_file_and_nothing_else() {
        assertThat(OpenApi.of("extension").operations()).isEqualTo(served());
    }

    @Test
    void the_documentation_leads_to_both_files() throws IOException {
        for (String page : List.of("docs/README.md", "docs/reference/http.md")) {
            assertThat(Files.readString(Path.of("..", page)))
                    .as("%s", page)
                    .contains("openapi-facade.yaml", "openapi-extension.yaml");
        }
    }

    /** What the JAX-RS annotations say, below the class that names all endpoints. */
    private static Map<String, Set<String>> served() {
        JavaClasses classes = ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .importPath(Path.of("..", "extension", "target", "classes").resolve(EXTENSION.replace('.', '/')));
        });
        Map<String, Set<String>> operations = new TreeMap<>();
        collect(classes, classes.get(EXTENSION + "root.RealmEndpoints"), "", operations);
        return operations;
    }

    private static void collect(
            JavaClasses classes, JavaClass endpoint, String base, Map<String, Set<String>> operations) {
        for (JavaMethod method : endpoint.getMethods()) {
            Optional<String> path = value(method.tryGetAnnotationOfType(JAX_RS + "Path"));
            String address = base + path.map(part -> "/" + part).orElse("");
            Optional<String> verb = METHODS.stream()
                    .filter(name -> method.isAnnotatedWith(JAX_RS + name))
                    .findFirst();
            if (verb.isPresent()) {
                Set<String> parameters = new TreeSet<>();
                method.getParameters()
                        .forEach(parameter -> value(parameter.tryGetAnnotationOfType(JAX_RS + "QueryParam"))
                                .ifPresent(parameters::add));
                operations.put(verb.get() + " " + address, parameters);
            } else if (path.isPresent()) {
                collect(classes, classes.get(method.getRawReturnType().getName()), address, operations);
            }
        }
    }

    private static Optional<String> value(Optional<? extends JavaAnnotation<?>> annotation) {
        return annotation.map(found -> (String) found.getExplicitlyDeclaredProperty("value"));
    }
}
