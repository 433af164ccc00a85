package io.github.multiclientauth.testbed.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks after a run of all tests that every test that {@code security.md} and {@code THREATMODEL.md} name as a proof has run in
 * it, and has passed.
 *
 * @param missing the named tests that have not run, were skipped, or failed
 * @param tests the number of the others
 * @param cases how many cases they have
 */
public record Proofs(List<String> missing, long tests, long cases) {

    private static final List<String> PAGES = List.of("docs/explanation/security.md", "THREATMODEL.md");
    private static final List<String> MODULES = List.of("origin", "extension", "facade", "adopt", "testbed");
    private static final List<String> REPORTS =
            List.of("surefire-reports", "surefire-reports-fuzz", "failsafe-reports", "failsafe-reports-compose");

    /** {@code SignInIT#people_sign_in}. */
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*)#(\\w+)`");

    /** The tests that need a container engine. */
    private static final Path OF_CONTAINERS =
            Path.of("testbed", "src", "test", "java", "io", "github", "multiclientauth", "testbed", "compose");

    public Proofs {
        missing = List.copyOf(missing);
    }

    /**
     * Prints the result, and ends with status 1 if a proof is missing.
     *
     * @param arguments the project's root folder, and {@code without-containers} if those tests did not run
     */
    public static void main(String[] arguments) throws IOException {
        Proofs proofs = of(Path.of(arguments[0]), List.of(arguments).contains("without-containers"));
        if (!proofs.missing().isEmpty()) {
            System.err.println("These tests are named as proofs, and have not run and passed: "
                    + String.join(", ", proofs.missing()));
            System.exit(1);
        }
        System.out.println("The " + proofs.tests() + " tests that " + String.join(" and ", PAGES)
                + " name have run and passed, with " + proofs.cases() + " cases.");
    }

    static Proofs of(Path root, boolean withoutContainers) throws IOException {
        SuiteResults results = SuiteResults.in(MODULES.stream()
                .flatMap(module -> REPORTS.stream().map(root.resolve(module).resolve("target")::resolve))
                .toArray(Path[]::new));
        Set<String> excused = withoutContainers ? classes(root.resolve(OF_CONTAINERS)) : Set.of();
        List<String> missing = new ArrayList<>();
        long tests = 0;
        long cases = 0;
        for (String named : named(root)) {
            String[] parts = named.split("#");
            long passed = results.passed(parts[0], parts[1]);
            if (passed > 0) {
                tests++;
                cases += passed;
            } else if (!excused.contains(parts[0])) {
                missing.add(named);
            }
        }
        return new Proofs(missing, tests, cases);
    }

    private static Set<String> named(Path root) throws IOException {
        Set<String> named = new TreeSet<>();
        for (String page : PAGES) {
            for (MatchResult test :
                    TEST.matcher(Files.readString(root.resolve(page))).results().toList()) {
                named.add(test.group(1) + "#" + test.group(2));
            }
        }
        return named;
    }

    private static Set<String> classes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
