package io.github.multiclientauth.testbed.npm;

import io.github.multiclientauth.testbed.Skipped;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The Node.js on the path. Without one, tests are skipped with a message. With {@code CI=true} they fail.
 *
 * <p>Its programs have a lifeline like Java processes, so they always end with the tests.
 */
public final class NodeJs {

    private static final int OLDEST = 20;
    /** Folders of npm, Next.js and the other frameworks. */
    private static final Set<String> MADE = Set.of(
            "node_modules",
            ".next",
            ".angular",
            ".astro",
            ".nuxt",
            ".output",
            ".react-router",
            ".svelte-kit",
            "build",
            "dist");

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.\\S+");

    private final Path node;
    private final Path npm;
    private final String version;

    private NodeJs(Path node, Path npm, String version) {
        this.node = node;
        this.npm = npm;
        this.version = version;
    }

    /** Finds it. Skips or fails the test if it is missing or too old. */
    public static NodeJs installed() {
        Optional<Path> node = onPath("node");
        Optional<Path> npm = onPath("npm");
        if (node.isEmpty() || npm.isEmpty()) {
            throw without("There is no node and npm on the path");
        }
        try {
            String version = version(node.get());
            Matcher found = VERSION.matcher(version);
            if (!found.matches() || Integer.parseInt(found.group(1)) < OLDEST) {
                throw without("The Node.js on the path is " + version);
            }
            // npm is a link to a script. This Node.js runs it, instead of the one that the script's first line finds.
            return new NodeJs(node.get(), npm.get().toRealPath(), version);
        } catch (IOException unusable) {
            throw without("The Node.js on the path does not run (" + unusable.getMessage() + ")");
        }
    }

    public String version() {
        return version;
    }

    /**
     * Starts a program.
     *
     * @param name the name in messages
     * @param arguments the arguments of {@code node}, the script first
     */
    public JavaChild start(String name, List<String> arguments, Map<String, String> environment, Path log)
            throws IOException {
        return start(name, arguments, environment, Path.of(""), log);
    }

    /** Starts a program in a folder. */
    public JavaChild start(String name, List<String> arguments, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(node.toString(), "--require", lifeline()));
        command.addAll(arguments);
        Map<String, String> all = new HashMap<>(environment);
        all.put("TESTBED_LIFELINE", "1");
        all.put("NEXT_TELEMETRY_DISABLED", "1");
        return JavaChild.start(name, command, all, folder, log);
    }

    /**
     * Runs a program that ends by itself.
     *
     * @throws AssertionError with the end of its log, unless it ends with status 0 and within the limit
     */
    public void run(String name, List<String> arguments, Map<String, String> environment, Path log, Duration limit)
            throws IOException, InterruptedException {
        run(name, arguments, environment, Path.of(""), log, limit);
    }

    /** Runs a program in a folder. */
    void run(
            String name, List<String> arguments, Map<String, String> environment, Path folder, Path log, Duration limit)
            throws IOException, InterruptedException {
        try (JavaChild program = start(name, arguments, environment, folder, log)) {
            int status = program.await(passed -> {
                if (passed.compareTo(limit) > 0) {
                    throw new AssertionError(name + " does not end. The end of " + log + ":\n" + program.logTail());
                }
            });
            if (status != 0) {
                throw new AssertionError(
                        name + " ended with status " + status + ". The end of " + log + ":\n" + program.logTail());
            }
        }
    }

    /** Runs {@code npm}. */
    public void npm(List<String> arguments, Path log, Duration limit) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(npm.toString()));
        all.addAll(arguments);
        run("npm " + arguments.get(0), all, Map.of(), log, limit);
    }

    private static String lifeline() {
        try {
            return Path.of(NodeJs.class.getResource("lifeline.cjs").toURI()).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String version(Path node) throws IOException {
        Process question = new ProcessBuilder(node.toString(), "--version").start();
        try {
            question.getOutputStream().close();
            return new String(question.getInputStream().readAllBytes()).strip();
        } finally {
            question.destroyForcibly();
        }
    }

    private static Optional<Path> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static RuntimeException without(String why) {
        return Skipped.because(
                "THE TESTS OF THE JAVASCRIPT",
                why + ", and " + OLDEST + " or newer is needed. On Debian: apt-get install nodejs npm");
    }

    /** The relative paths of all files below a directory, in order, without the files of {@code npm} and of frameworks. */
    static List<Path> sources(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(directory::relativize)
                    .filter(file -> !isMade(file))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Makes {@code to} a copy of a folder of sources. Keeps what npm and frameworks have made there. */
    static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> sources = sources(from);
        for (Path old : sources(to)) {
            if (!sources.contains(old)) {
                Files.delete(to.resolve(old));
            }
        }
        for (Path source : sources) {
            Path target = to.resolve(source);
            Files.createDirectories(target.getParent());
            Files.write(target, Files.readAllBytes(from.resolve(source)));
        }
        return to;
    }

    private static boolean isMade(Path file) {
        return StreamSupport.stream(file.spliterator(), false).anyMatch(part -> MADE.contains(part.toString()))
                || file.endsWith("next-env.d.ts")
                || file.toString().endsWith(".tsbuildinfo");
    }
}
