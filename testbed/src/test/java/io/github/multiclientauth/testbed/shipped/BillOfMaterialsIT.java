package io.github.multiclientauth.testbed.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.testbed.Skipped;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Each bill of materials names exactly the libraries that ship. */
class BillOfMaterialsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Quarkus' support for editors, which is a dependency but not packaged. */
    private static final String NOT_PACKAGED = "io.quarkus.quarkus-ide-launcher-";

    private static final Version NETTY_WITHOUT_CVE_2026_89044 = Version.parse("4.1.138");

    private final Path root = Path.of(System.getProperty("testbed.root"));

    @Test
    void the_facades_bill_names_every_jar_of_its_folder() throws IOException {
        Set<String> named = new TreeSet<>();
        for (JsonNode part : parts("facade")) {
            named.add(part.path("group").asText() + '.' + part.path("name").asText() + '-'
                    + part.path("version").asText() + ".jar");
        }
        named.removeIf(name -> name.startsWith(NOT_PACKAGED));

        assertThat(named).isEqualTo(jars(root.resolve("facade/target/quarkus-app/lib")));
    }

    /** Reads the packaged JARs, because dependency management may be overridden by another BOM. */
    @Test
    void the_facade_ships_no_netty_with_known_vulnerabilities() throws IOException {
        Pattern netty = Pattern.compile("io\\.netty\\.netty-[a-z0-9-]+-(\\d+(?:\\.\\d+)+)\\.Final\\.jar");
        List<Version> shipped = jars(root.resolve("facade/target/quarkus-app/lib")).stream()
                .map(netty::matcher)
                .filter(Matcher::matches)
                .map(jar -> Version.parse(jar.group(1)))
                .toList();

        assertThat(shipped)
                .as("versions of io.netty")
                .isNotEmpty()
                .allMatch(version -> version.compareTo(NETTY_WITHOUT_CVE_2026_89044) >= 0);
    }

    @Test
    void the_extensions_bill_is_empty_because_it_ships_no_libraries() throws IOException {
        assertThat(parts("extension")).isEmpty();
        assertThat(classes(Path.of(System.getProperty("testbed.extension.jar"))))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/github/multiclientauth/"));
    }

    @Test
    void the_commands_bill_names_the_libraries_in_it() throws IOException {
        assertThat(parts("adopt"))
                .extracting(part -> part.path("name").asText())
                .containsExactlyInAnyOrder("jackson-databind", "jackson-core", "jackson-annotations");
        assertThat(classes(Path.of(System.getProperty("testbed.adopt.jar"))))
                .isNotEmpty()
                .allMatch(name ->
                        name.startsWith("io/github/multiclientauth/") || name.contains("com/fasterxml/jackson/"));
    }

    private List<JsonNode> parts(String module) throws IOException {
        JsonNode bill =
                JSON.readTree(bill(root.resolve(module).resolve("target")).toFile());
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        return StreamSupport.stream(bill.path("components").spliterator(), false)
                .toList();
    }

    /** The plugin needs the network to look up licences. With {@code mvn -o} it makes no bill. */
    private static Path bill(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-cyclonedx.json"))
                    .findFirst()
                    .orElseThrow(() -> missing(target));
        }
    }

    private static RuntimeException missing(Path target) {
        return Skipped.because(
                "THE TESTS OF THE BILLS OF MATERIALS",
                "There is no bill of materials in " + target + ": it is made when Maven is online");
    }

    private static Set<String> jars(Path lib) throws IOException {
        try (Stream<Path> files = Files.walk(lib)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** The classes of a JAR. */
    private static Set<String> classes(Path jar) throws IOException {
        try (JarFile content = new JarFile(jar.toFile())) {
            return content.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
