package io.github.multiclientauth.testbed.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.monitoring.Tool;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in deploy/systemd, as far as systemd checks them without running. OperationIT starts the facade with them. */
class SystemdTest {

    private static final Path ROOT = Path.of("..");
    private static final String UNIT = "multi-client-auth-facade.service";

    @TempDir
    private Path work;

    @Test
    void systemd_finds_nothing_wrong_with_the_unit() throws Exception {
        Tool analyze = Tool.systemdAnalyze();

        // Whatever is wrong with other units of this machine is not ours.
        Tool.Outcome verified = analyze.run(
                "verify", "--man=no", "--recursive-errors=no", unit("", "").toString());
        Tool.Outcome misspelt = analyze.run(
                "verify",
                "--man=no",
                "--recursive-errors=no",
                unit("RestartSec=", "RestartSecs=").toString());

        assertThat(verified.status()).as(verified.output()).isZero();
        assertThat(verified.output()).doesNotContain(UNIT);
        assertThat(misspelt.output()).as("that it looks at all").contains("RestartSecs");
    }

    /** systemd counts from 0 (nothing can go wrong) to 10. A service without any of these settings has 9.6. */
    @Test
    void the_unit_is_hardened() throws Exception {
        Tool.Outcome assessed = Tool.systemdAnalyze()
                .run(
                        "security",
                        "--offline=true",
                        "--no-pager",
                        "--threshold=20",
                        unit("", "").toString());

        assertThat(assessed.status()).as(assessed.output()).isZero();
    }

    @Test
    void every_setting_of_the_example_exists() throws IOException {
        String reference = Files.readString(ROOT.resolve("docs/reference/configuration-reference.md"))
                + Files.readString(ROOT.resolve("docs/how-to/monitoring.md"));
        try (Stream<String> lines = Files.lines(ROOT.resolve("deploy/systemd/facade.env"))) {
            assertThat(lines.filter(line -> !line.isEmpty() && !line.startsWith("#")))
                    .hasSize(5)
                    .allSatisfy(line -> assertThat(line).matches("[A-Z_]+=[^\"' ]+"))
                    .map(line -> line.replaceAll("=.*", ""))
                    .allMatch(name -> name.startsWith("QUARKUS_HTTP_") || reference.contains("`" + name + "`"));
        }
    }

    /** CIS benchmarks set umask 027. The service is another user than the root that copies. */
    @Test
    void the_service_can_read_what_the_page_copies_under_a_strict_umask() throws Exception {
        Path application = Files.createDirectories(work.resolve("quarkus-app/lib"));
        Files.writeString(application.resolve("a.jar"), "");
        Path copy = work.resolve("copy");
        String commands;
        try (Stream<String> page = Files.lines(ROOT.resolve("docs/how-to/systemd.md"))) {
            commands = page.filter(line -> line.matches("(cp|chmod) .*/opt/multi-client-auth\\b.*"))
                    .map(line -> line.replace(
                                    "facade/target/quarkus-app",
                                    application.getParent().toString())
                            .replace("/opt/multi-client-auth", copy.toString()))
                    .collect(Collectors.joining("\n"));
        }
        assertThat(commands).contains("cp -r");

        Process shell = new ProcessBuilder("sh", "-euc", "umask 027\n" + commands)
                .inheritIO()
                .start();

        assertThat(shell.waitFor()).isZero();
        try (Stream<Path> copied = Files.walk(copy)) {
            assertThat(copied)
                    .hasSize(3)
                    .allSatisfy(path ->
                            assertThat(Files.getPosixFilePermissions(path)).contains(PosixFilePermission.OTHERS_READ));
        }
    }

    /** Copies the unit, with this machine's Java, which need not be at Debian's place. */
    private Path unit(String old, String changed) throws IOException {
        String unit = Files.readString(ROOT.resolve("deploy/systemd").resolve(UNIT))
                .replace("/usr/bin/java", JavaChild.java().toString());
        return Files.writeString(work.resolve(UNIT), old.isEmpty() ? unit : unit.replace(old, changed));
    }
}
