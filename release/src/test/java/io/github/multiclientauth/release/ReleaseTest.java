package io.github.multiclientauth.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of a release, made of this repository's files and of small stand-ins for what Maven packages. */
class ReleaseTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final Project PROJECT =
            new Project("0.2.0", Instant.parse("2026-11-30T00:00:00Z"), COMMIT, false, "3.8.7");
    private static final String PACKAGING = "io/github/multiclientauth/facade/packaging/";

    @TempDir
    private Path root;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void packaged() throws IOException {
        for (String file : List.of(
                "ARCHITECTURE.md",
                "CONTRIBUTING.md",
                "LICENSE",
                "README.md",
                "SECURITY.md",
                "THREATMODEL.md",
                "docker-compose.yml")) {
            Files.copy(REPOSITORY.resolve(file), root.resolve(file));
        }
        for (String tree : List.of("deploy", "realm-config", "sdk")) {
            new Archive().folder(tree, REPOSITORY.resolve(tree)).unpackInto(root);
        }
        write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- Next\n\n## [0.2.0] - 2026-11-30\n\n- New\n");
        write("docs/upgrade.md", "# Upgrade\n");
        for (String module : List.of("extension", "adopt")) {
            write(module + "/target/multi-client-auth-" + module + "-0.2.0.jar", module);
        }
        for (String module : List.of("extension", "facade", "adopt")) {
            write(module + "/target/multi-client-auth-" + module + "-0.2.0-cyclonedx.json", "{}");
        }
        for (String module : List.of("extension", "facade", "testbed")) {
            write(module + "/Dockerfile", "FROM scratch\n");
            write(module + "/.dockerignore", "");
        }
        for (String file : List.of("quarkus-run.jar", "lib/main/a.jar", "app-cds.jsa", "fast-start")) {
            write("facade/target/quarkus-app/" + file, file);
        }
        write("facade/target/test-classes/" + PACKAGING + "ClassArchive.class", "class");
        write("testbed/target/classes/A.class", "class");
        write("testbed/target/image/a.jar", "jar");
    }

    private void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private Path make(Project project) throws IOException, InterruptedException {
        new Release(root, project, new PrintStream(printed, true, StandardCharsets.UTF_8))
                .make(Images.Wanted.SKIP, Signatures.of(Map.of(), Map.of()));
        return root.resolve("target/release").resolve(project.version());
    }

    private static Map<String, byte[]> contents(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    @Test
    void has_everything_that_a_release_is() throws Exception {
        assertThat(contents(make(PROJECT)).keySet())
                .containsExactly(
                        "RELEASE-NOTES.md",
                        "SHA256SUMS",
                        "multi-client-auth-0.2.0.intoto.json",
                        "multi-client-auth-adopt-0.2.0-cyclonedx.json",
                        "multi-client-auth-adopt-0.2.0.jar",
                        "multi-client-auth-chart-0.2.0.tgz",
                        "multi-client-auth-deploy-0.2.0.tar.gz",
                        "multi-client-auth-extension-0.2.0-cyclonedx.json",
                        "multi-client-auth-extension-0.2.0.jar",
                        "multi-client-auth-facade-0.2.0-cyclonedx.json",
                        "multi-client-auth-facade-0.2.0.tar.gz",
                        "multi-client-auth-npm-0.2.0.tgz",
                        "multi-client-auth-realm-0.2.0.json");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("NOTHING IS SIGNED")
                .contains("THERE IS NO ARCHIVE OF THE IMAGES")
                .doesNotContain("REHEARSAL");
    }

    @Test
    void a_second_time_it_is_the_same() throws Exception {
        Map<String, byte[]> first = contents(make(PROJECT));

        Map<String, byte[]> second = contents(make(PROJECT));

        assertThat(second.keySet()).isEqualTo(first.keySet());
        assertThat(second).allSatisfy((name, content) -> assertThat(content).isEqualTo(first.get(name)));
    }

    @Test
    void sha256sum_accepts_all_files_and_notices_a_change() throws Exception {
        Tools.require("sha256sum");
        Path folder = make(PROJECT);
        List<String> check = List.of("sha256sum", "--check", "--strict", "--ignore-missing", "SHA256SUMS");

        assertThat(Program.run(folder, "", check).lines()).hasSize(12).allMatch(line -> line.endsWith(": OK"));
        Files.writeString(folder.resolve("multi-client-auth-adopt-0.2.0.jar"), "another");
        assertThatThrownBy(() -> Program.run(folder, "", check))
                .hasMessageContaining("multi-client-auth-adopt-0.2.0.jar: FAILED");
    }

    @Test
    void the_provenance_has_the_checksums_and_names_what_differs_in_a_second_build() throws Exception {
        Path folder = make(PROJECT);
        JsonNode statement = new ObjectMapper()
                .readTree(folder.resolve("multi-client-auth-0.2.0.intoto.json").toFile());
        StringBuilder sums = new StringBuilder();
        List<String> differing = new ArrayList<>();
        for (JsonNode subject : statement.path("subject")) {
            sums.append(subject.at("/digest/sha256").asText() + "  "
                    + subject.path("name").asText() + "\n");
            if (subject.has("annotations")) {
                differing.add(subject.path("name").asText());
            }
        }

        assertThat(Files.readString(folder.resolve("SHA256SUMS"))
                        .lines()
                        .filter(line -> !line.endsWith(".intoto.json")))
                .containsExactlyElementsOf(sums.toString().lines().toList());
        assertThat(differing)
                .containsExactly("multi-client-auth-deploy-0.2.0.tar.gz", "multi-client-auth-facade-0.2.0.tar.gz");
    }

    @Test
    void the_facade_starts_from_one_folder_without_what_belongs_to_the_jvm_of_the_build() throws Exception {
        Path folder = make(PROJECT);

        assertThat(Tar.read(folder.resolve("multi-client-auth-facade-0.2.0.tar.gz")))
                .extracting(Tar.Entry::name)
                .containsExactly(
                        "multi-client-auth-facade-0.2.0/LICENSE",
                        "multi-client-auth-facade-0.2.0/lib/main/a.jar",
                        "multi-client-auth-facade-0.2.0/quarkus-run.jar");
    }

    @Test
    void docker_compose_finds_all_that_it_names_in_the_folder_for_deployment() throws Exception {
        Path folder = make(PROJECT);
        Map<String, Tar.Entry> entries = new TreeMap<>();
        String top = "multi-client-auth-deploy-0.2.0/";
        for (Tar.Entry entry : Tar.read(folder.resolve("multi-client-auth-deploy-0.2.0.tar.gz"))) {
            assertThat(entry.name()).startsWith(top);
            entries.put(entry.name().substring(top.length()), entry);
        }

        String compose = entries.get("docker-compose.yml").content();
        assertThat(Images.of(compose).keySet())
                .contains("multi-client-auth/facade:0.2.0", "multi-client-auth/keycloak:0.2.0");
        assertThat(entries.get("deploy/prepare").program()).isTrue();
        assertThat(entries.keySet())
                .contains(
                        "deploy/keycloak/start.sh",
                        "deploy/systemd/multi-client-auth-facade.service",
                        "docs/upgrade.md",
                        "extension/target/multi-client-auth-extension-0.2.0.jar",
                        "facade/Dockerfile",
                        "facade/target/quarkus-app/quarkus-run.jar",
                        "facade/target/test-classes/" + PACKAGING + "ClassArchive.class",
                        "realm-config/multi-client-auth-realm.json",
                        "testbed/target/classes/A.class")
                .doesNotContain("facade/target/quarkus-app/app-cds.jsa");
    }

    @Test
    void helm_accepts_the_chart() throws Exception {
        Path chart = make(PROJECT).resolve("multi-client-auth-chart-0.2.0.tgz");
        requireHelm();

        assertThat(new Helm(chart).lint().strict().call().isFailed()).isFalse();
        assertThat(new Helm(chart).show().chart().call()).contains("name: multi-client-auth\n", "appVersion: ");
    }

    @Test
    void a_release_of_changed_files_is_refused_and_a_rehearsal_says_so() throws Exception {
        assertThatThrownBy(() -> make(new Project("0.2.0", PROJECT.timestamp(), COMMIT, true, "3.8.7")))
                .hasMessage("Files differ from commit " + COMMIT + ": commit them first");

        packagedSnapshot();
        make(new Project("0.3.0-SNAPSHOT", PROJECT.timestamp(), COMMIT, true, "3.8.7"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("THIS IS NO RELEASE BUT A REHEARSAL", "FILES DIFFER FROM THE COMMIT");
    }

    private void packagedSnapshot() throws IOException {
        for (String module : List.of("extension", "adopt")) {
            write(module + "/target/multi-client-auth-" + module + "-0.3.0-SNAPSHOT.jar", module);
        }
        for (String module : List.of("extension", "facade", "adopt")) {
            write(module + "/target/multi-client-auth-" + module + "-0.3.0-SNAPSHOT-cyclonedx.json", "{}");
        }
    }

    @Test
    void without_a_commit_or_a_bill_of_materials_there_is_no_release() throws Exception {
        assertThatThrownBy(() -> make(new Project("0.2.0", PROJECT.timestamp(), "unknown", false, "3.8.7")))
                .hasMessageContaining("with git");
        Files.delete(root.resolve("facade/target/multi-client-auth-facade-0.2.0-cyclonedx.json"));
        assertThatThrownBy(() -> make(PROJECT)).hasMessageEndingWith("leave -o out");
    }

    /** Its native library is not there for every machine. */
    private static void requireHelm() {
        try {
            Helm.version().call();
        } catch (RuntimeException | LinkageError e) {
            Tools.missing("Helm for this machine: " + e);
        }
    }
}
