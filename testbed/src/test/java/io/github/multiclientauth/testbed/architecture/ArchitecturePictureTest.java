package io.github.multiclientauth.testbed.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures in ARCHITECTURE.md are drawn from the classes that Maven has just compiled. */
class ArchitecturePictureTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("ARCHITECTURE.md");
    private static final String GROUP = "io.github.multiclientauth.";
    private static final Pattern PURPOSE = Pattern.compile("/\\*\\*(.*?)(?:\\.\\s|\\*/)", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"extension", "facade"})
    void the_picture_of_a_module_shows_its_packages(String module) throws IOException {
        String page = Files.readString(PAGE);
        Pattern part = Pattern.compile(
                "(?<=<!-- " + module + ": made by ArchitecturePictureTest -->\n).*?(?=<!-- end of " + module + " -->)",
                Pattern.DOTALL);
        assertThat(page).containsPattern(part);
        String drawn = part.matcher(page).replaceFirst(Matcher.quoteReplacement(picture(module)));

        if (Boolean.getBoolean("reference.write") || "".equals(System.getProperty("reference.write"))) {
            Files.writeString(PAGE, drawn);
        }
        assertThat(Files.readString(PAGE))
                .as("ARCHITECTURE.md differs from the code. To write it: mvn test -pl testbed -am"
                        + " -Dtest=ArchitecturePictureTest -Dreference.write -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(drawn);
    }

    private static String picture(String module) throws IOException {
        JavaClasses classes = classes(module);
        Floors floors = floors(module, classes);
        StringBuilder diagram = new StringBuilder("\n```mermaid\nflowchart TD\n");
        StringBuilder table = new StringBuilder("| Floor | Package | What is in it |\n|---|---|---|\n");
        for (Map.Entry<String, Integer> entry :
                numbered(floors, module, classes).entrySet()) {
            String name = entry.getKey();
            String box = id(module, name);
            diagram.append(String.format("  %s[\"%s\"]\n", box, name));
            floors.arrowsFrom(name)
                    .forEach(used -> diagram.append(String.format("  %s --> %s\n", box, id(module, used))));
            table.append(String.format("| %d | `%s` | %s |\n", entry.getValue(), name, purpose(module, name)));
        }
        return diagram + "```\n\n" + table + '\n';
    }

    /** Leaves out the libraries that they use: those are not in the picture, and reading them takes half a minute. */
    private static JavaClasses classes(String module) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            // Only the module's own packages: those of origin are packed into the extension's JAR.
            String own = "/target/classes/" + (GROUP + module).replace('.', '/');
            return new ClassFileImporter().importPath(ROOT.resolve(module + own));
        });
    }

    private static Map<String, Integer> numbered(Floors floors, String module, JavaClasses classes) {
        try {
            return floors.numbered();
        } catch (Floors.CycleException cycle) {
            return fail(
                    "Packages of %s use each other: %s\n%s",
                    module,
                    cycle.getMessage(),
                    classes.stream()
                            .flatMap(type -> inside(module, type).stream())
                            .filter(use -> isPartOf(cycle.packages(), module, use))
                            .map(use -> use.getOriginClass().getSimpleName() + " → "
                                    + use.getTargetClass().getSimpleName())
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining("\n")));
        }
    }

    private static boolean isPartOf(List<String> cycle, String module, Dependency use) {
        int from = cycle.indexOf(name(module, use.getOriginClass()));
        return from >= 0 && from + 1 < cycle.size() && cycle.get(from + 1).equals(name(module, use.getTargetClass()));
    }

    private static Floors floors(String module, JavaClasses classes) {
        Map<String, SortedSet<String>> uses = new TreeMap<>();
        for (JavaClass type : classes) {
            SortedSet<String> used = uses.computeIfAbsent(name(module, type), unknown -> new TreeSet<>());
            inside(module, type).forEach(use -> used.add(name(module, use.getTargetClass())));
        }
        return new Floors(uses);
    }

    /** Uses of another package of the same module. */
    private static List<Dependency> inside(String module, JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(use -> (use.getTargetClass().getPackageName() + '.').startsWith(GROUP + module + '.'))
                .filter(use -> !name(module, use.getTargetClass()).equals(name(module, type)))
                .toList();
    }

    /** The package below that of the module, which itself is called like the module. */
    private static String name(String module, JavaClass type) {
        String name = type.getPackageName();
        return name.equals(GROUP + module) ? module : name.substring((GROUP + module + '.').length());
    }

    private static String id(String module, String name) {
        return module + '_' + name.replace('.', '_');
    }

    /** The first sentence of the package's Javadoc. */
    private static String purpose(String module, String name) throws IOException {
        String folder = GROUP + module + (name.equals(module) ? "" : '.' + name);
        Path info = ROOT.resolve(module)
                .resolve("src/main/java")
                .resolve(folder.replace('.', '/'))
                .resolve("package-info.java");
        Matcher purpose = PURPOSE.matcher(Files.readString(info));
        assertThat(purpose.find()).as("Javadoc in %s", info).isTrue();
        return purpose.group(1)
                .replaceAll("\\{@(?:code|link)\\s+#?((?:[^{}]|\\{[^{}]*})*)}", "`$1`")
                .replaceAll("\\s*\\n \\*\\s*", " ")
                .strip();
    }
}
