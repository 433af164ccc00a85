package io.github.multiclientauth.release;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the folder {@code target/release/<version>} from what Maven has packaged.
 *
 * <p>It runs inside Maven, which turns an exception of {@link #main} into a build failure.
 *
 * <p>Options: {@code -Drelease.images=auto|required|skip}, {@code -Drelease.gpg.key=}, {@code -Drelease.cosign.key=}; the passphrase of
 * GPG's key is in the environment variable {@code RELEASE_GPG_PASSPHRASE}.
 */
public final class Release {

    private static final String NAME = "multi-client-auth";

    /** The class archive is for the JVM that made it; what has it makes it again. */
    private static final Set<String> OF_THIS_JVM = Set.of("app-cds.jsa", "fast-start");

    private static final String BYTECODE =
            "Quarkus 3.33 generates two of the facade's JARs in another order in each build";
    private static final String IMAGES = "Engines write times into images. " + BYTECODE;

    private static final List<String> PAGES = List.of(
            "ARCHITECTURE.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "LICENSE",
            "README.md",
            "SECURITY.md",
            "THREATMODEL.md");

    private final Path root;
    private final Project project;
    private final Path folder;
    private final PrintStream screen;
    private final Map<String, String> notReproducible = new TreeMap<>();

    Release(Path root, Project project, PrintStream screen) {
        this.root = root;
        this.project = project;
        this.folder = root.resolve("target/release").resolve(project.version());
        this.screen = screen;
    }

    /** @throws IllegalStateException if something is missing, or a key cannot sign */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("release."))
                .collect(Collectors.toMap(name -> name, System::getProperty));
        Path root = Path.of(properties.get("release.root")).toAbsolutePath().normalize();
        new Release(root, Project.built(), System.err)
                .make(
                        Images.Wanted.of(properties.getOrDefault("release.images", "auto")),
                        Signatures.of(properties, System.getenv()));
    }

    /** Makes the folder anew. */
    void make(Images.Wanted images, Signatures signatures) throws IOException, InterruptedException {
        checkSource();
        delete(folder);
        Files.createDirectories(folder);
        copyJars();
        facade();
        NpmPackage.of(root.resolve("sdk")).write(file(NAME + "-npm", ".tgz"), project.timestamp());
        chart().write(file(NAME + "-chart", ".tgz"), project.timestamp());
        Files.copy(root.resolve("realm-config/multi-client-auth-realm.json"), file(NAME + "-realm", ".json"));
        deploy(images);
        Files.writeString(
                folder.resolve("RELEASE-NOTES.md"),
                ReleaseNotes.of(Files.readString(root.resolve("CHANGELOG.md")), project.version()));
        SortedMap<String, String> sums = Checksums.of(files());
        Path provenance = file(NAME, ".intoto.json");
        Files.writeString(
                provenance,
                Provenance.of(
                        project, sums, notReproducible, System.getProperty("java.runtime.version"), System.getenv()));
        sums.putAll(Checksums.of(List.of(provenance)));
        Checksums.write(folder, sums);
        signatures.sign(files(), screen);
        screen.println("The release is in " + folder + ":");
        for (Path file : files()) {
            screen.printf("%12d  %s%n", Files.size(file), file.getFileName());
        }
    }

    /** A release comes from a commit that others can have, too. */
    private void checkSource() {
        if (!project.commit().matches("[0-9a-f]{40}")) {
            throw new IllegalStateException(
                    "The commit is \"" + project.commit() + "\": run mvn -Prelease in a clone, with git");
        }
        if (project.isSnapshot()) {
            screen.println("THIS IS NO RELEASE BUT A REHEARSAL: the version is " + project.version()
                    + ". Set one with .ci/version");
        } else if (project.changed()) {
            throw new IllegalStateException("Files differ from commit " + project.commit() + ": commit them first");
        }
        if (project.changed()) {
            screen.println("FILES DIFFER FROM THE COMMIT " + project.commit());
        }
    }

    private void copyJars() throws IOException {
        for (String module : List.of("extension", "adopt")) {
            Path jar = root.resolve(module + "/target/" + NAME + '-' + module + '-' + project.version() + ".jar");
            Files.copy(packaged(jar), folder.resolve(jar.getFileName()));
        }
        for (String module : List.of("extension", "facade", "adopt")) {
            String name = NAME + '-' + module + '-' + project.version() + "-cyclonedx.json";
            Path bill = root.resolve(module).resolve("target").resolve(name);
            if (!Files.exists(bill)) {
                throw new IllegalStateException(bill + " is missing. Maven writes bills of materials only when it is"
                        + " online: leave -o out");
            }
            Files.copy(bill, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void facade() throws IOException {
        String name = NAME + "-facade-" + project.version();
        Path archive = file(NAME + "-facade", ".tar.gz");
        quarkus(name, new Archive())
                .file(name + "/LICENSE", root.resolve("LICENSE"))
                .write(archive, project.timestamp());
        notReproducible.put(archive.getFileName().toString(), BYTECODE);
    }

    private Archive quarkus(String name, Archive archive) throws IOException {
        return archive.folder(
                name,
                packaged(root.resolve("facade/target/quarkus-app")),
                file -> !OF_THIS_JVM.contains(file.toString()));
    }

    /** The chart as {@code helm package} packs it: below its own name. */
    private Archive chart() throws IOException {
        return new Archive().folder(NAME, root.resolve("deploy/helm").resolve(NAME));
    }

    /** What docker-compose.yml and the pages need, at the places that they name, and the images made of it. */
    private void deploy(Images.Wanted wanted) throws IOException, InterruptedException {
        Archive archive = new Archive();
        String name = NAME + "-deploy-" + project.version();
        for (String page : PAGES) {
            archive.file(name + '/' + page, root.resolve(page));
        }
        for (String tree : List.of("deploy", "docs", "realm-config")) {
            archive.folder(name + '/' + tree, root.resolve(tree));
        }
        for (String module : List.of("extension", "facade", "testbed")) {
            for (String file : List.of("Dockerfile", ".dockerignore")) {
                archive.file(
                        name + '/' + module + '/' + file, root.resolve(module).resolve(file));
            }
        }
        String jar = "extension/target/" + NAME + "-extension-" + project.version() + ".jar";
        archive.file(name + '/' + jar, packaged(root.resolve(jar)));
        quarkus(name + "/facade/target/quarkus-app", archive);
        String training = "facade/target/test-classes/io/github/multiclientauth/facade/packaging";
        for (String packaged : List.of(training, "testbed/target/classes", "testbed/target/image")) {
            archive.folder(name + '/' + packaged, packaged(root.resolve(packaged)));
        }
        String compose = Files.readString(root.resolve("docker-compose.yml"));
        if (!compose.contains(Images.LOCAL_TAG)) {
            throw new IllegalStateException("docker-compose.yml has no " + Images.LOCAL_TAG);
        }
        archive.text(
                name + "/docker-compose.yml",
                compose.replace(Images.LOCAL_TAG, "${IMAGE_TAG:-" + project.version() + '}'));
        Path packed = file(NAME + "-deploy", ".tar.gz");
        archive.write(packed, project.timestamp());
        notReproducible.put(packed.getFileName().toString(), BYTECODE);

        Path unpacked = root.resolve("target/release/deploy");
        delete(unpacked);
        archive.unpackInto(unpacked);
        Path images = file(NAME + "-images", ".tar.gz");
        if (Images.save(unpacked.resolve(name), images, wanted, screen)) {
            notReproducible.put(images.getFileName().toString(), IMAGES);
        }
        delete(unpacked);
    }

    private static Path packaged(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing: run mvn -Prelease from the project's root folder");
        }
        return path;
    }

    private Path file(String name, String ending) {
        return folder.resolve(name + '-' + project.version() + ending);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all = new ArrayList<>();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(all::add);
            }
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
