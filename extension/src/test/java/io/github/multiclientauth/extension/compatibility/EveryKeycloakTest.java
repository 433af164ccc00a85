package io.github.multiclientauth.extension.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every class, method and field of Keycloak that our class files name is there in every version that we are for. */
class EveryKeycloakTest {

    private static final Path CLASSES = Path.of("target", "classes");

    /** Where the build puts Keycloak's jars, a folder for each minor version. */
    private static final Path VERSIONS = Path.of("target", "keycloak-jars");

    /** Where the build puts the jars of the version that {@code -Dlinks.version} asks for. */
    private static final Path ASKED_FOR = Path.of("target", "keycloak-jars-asked-for");

    private static final Path LIST =
            Path.of("src/main/resources/io/github/multiclientauth/extension/compatibility", ServerCheck.LINKS);

    private static final Map<String, ClassFile> OURS = new HashMap<>();

    @BeforeAll
    static void read_our_classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                ClassFile read = ClassFile.read(Files.readAllBytes(file));
                OURS.put(read.name(), read);
            }
        }
    }

    static Stream<String> versions() throws IOException {
        try (Stream<Path> folders = Files.list(VERSIONS)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    static Stream<Path> keycloaks() throws IOException {
        Stream<Path> listed = versions().map(VERSIONS::resolve);
        String more = System.getProperty("links.version");
        return more == null ? listed : Stream.concat(listed, Stream.of(ASKED_FOR.resolve(more)));
    }

    @Test
    void is_one_of_those_that_the_extension_names_as_tested() throws IOException {
        assertThat(versions().toList()).isEqualTo(TestedVersions.MINORS);
    }

    @ParameterizedTest
    @MethodSource("keycloaks")
    void has_all_that_the_extension_names(Path jars) throws IOException {
        KeycloakVersion keycloak = KeycloakVersion.of(jars, OURS);
        assertThat(keycloak.size()).isGreaterThan(2500);

        List<String> problems = new ArrayList<>();
        for (ClassFile own : OURS.values()) {
            own.links().stream()
                    .map(keycloak::problem)
                    .flatMap(Optional::stream)
                    .forEach(problem -> problems.add(own.name() + ": " + problem));
            problems.addAll(keycloak.forbidden(own));
            if (!own.isAbstract() && !own.isInterface()) {
                problems.addAll(keycloak.missing(own));
            }
        }
        assertThat(problems).isEmpty();
    }

    /** The list goes into the JAR; {@code -Dlinks.write} brings it up to date. */
    @Test
    void is_looked_at_by_the_extension_itself_for_just_what_it_names() throws IOException {
        TreeSet<String> names = OURS.values().stream()
                .flatMap(own -> own.links().stream())
                .filter(link -> link.owner().startsWith("org/keycloak/"))
                .map(Link::text)
                .collect(Collectors.toCollection(TreeSet::new));
        if (System.getProperty("links.write") != null) {
            Files.write(LIST, names);
        }

        assertThat(Files.readAllLines(LIST))
                .as("names what the class files name; mvn -pl extension -am test -Dlinks.write writes it anew")
                .containsExactlyElementsOf(names);
    }

    /** Facts of Keycloak 26.0 and 26.7 that differ: a check that found nothing would pass everything. */
    @Test
    void differs_from_another_reference() throws IOException {
        KeycloakVersion oldest = KeycloakVersion.of(VERSIONS.resolve("26.0"), OURS);
        KeycloakVersion newest = KeycloakVersion.of(VERSIONS.resolve("26.7"), OURS);
        String factory = "org/keycloak/events/EventListenerProviderFactory";
        Link isGlobal = new Link.ToMethod(factory, "isGlobal", "()Z", false, true);

        assertThat(newest.problem(isGlobal)).isEmpty();
        assertThat(oldest.problem(isGlobal))
                .hasValueSatisfying(problem -> assertThat(problem).contains("there is no"));
        assertThat(newest.problem(new Link.ToMethod(factory, "isGlobal", "()Z", true, true)))
                .isPresent();
        assertThat(newest.problem(new Link.ToMethod(factory, "isGlobal", "()Z", false, false)))
                .isPresent();
        assertThat(newest.problem(new Link.ToField(factory, "GLOBAL", "Z", true)))
                .isPresent();
        assertThat(newest.problem(new Link.ToClass("org/keycloak/events/Nothing")))
                .isPresent();
    }
}
