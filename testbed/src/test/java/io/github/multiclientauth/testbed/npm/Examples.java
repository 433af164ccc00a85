package io.github.multiclientauth.testbed.npm;

import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The examples for frameworks, except Next.js. They share one installation, in a copy, so that nothing is written next to their sources.
 * Installing and building are skipped if nothing has changed.
 */
public final class Examples {

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(6);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(4);

    private final NodeJs node;
    private final Path project;
    private final Path work;

    /**
     * @param project the root folder of the whole project
     * @param work gets copies and logs
     */
    public Examples(NodeJs node, Path project, Path work) {
        this.node = node;
        this.project = project;
        this.work = work;
    }

    /** Installs the packages of all examples. */
    public void install() throws IOException, InterruptedException {
        Turn.at(work, this::installed);
    }

    /**
     * Builds an example for production.
     *
     * @param command a command of a package, and its arguments
     */
    public void build(String example, List<String> command) throws IOException, InterruptedException {
        Turn.at(work, () -> {
            Stamp built =
                    new Stamp(work.resolve("built-" + example), installed().value()).with(folder(example));
            if (!built.isThere()) {
                node.run(
                        String.join(" ", command),
                        script(example, command),
                        Map.of("NODE_ENV", "production"),
                        folder(example),
                        work.resolve("build-" + example + ".log"),
                        BUILD_LIMIT);
                built.leave();
            }
            return built;
        });
    }

    /**
     * Starts an example.
     *
     * @param command a command of a package or a script of the example, and its arguments
     */
    public JavaChild start(String example, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        return node.start(example, script(example, command), environment, folder(example), log);
    }

    /** Runs a command of the npm package in an example, and returns its exit status. */
    public int run(String example, List<String> command, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        try (JavaChild program = start(example, command, environment, log)) {
            return program.await(passed -> {});
        }
    }

    private Stamp installed() throws IOException, InterruptedException {
        // Next to each other as in the project, because the examples refer to the SDK by a relative path.
        Path sdk = NodeJs.copy(project.resolve("sdk"), work.resolve("sdk"));
        Path examples = NodeJs.copy(project.resolve("examples"), work.resolve("examples"));
        String[] versions = NodeJs.sources(examples).stream()
                .map(Path::toString)
                .filter(file ->
                        file.endsWith("package.json") || file.equals("package-lock.json") || file.equals(".npmrc"))
                .toArray(String[]::new);
        Stamp installed =
                new Stamp(work.resolve("installed"), node.version()).with(sdk).with(examples, versions);
        if (!installed.isThere()) {
            // Uses a mirror or proxy that is configured on the machine. Does not run scripts of the packages.
            node.npm(
                    List.of("ci", "--ignore-scripts", "--prefer-offline", "--prefix", examples.toString()),
                    work.resolve("npm-ci.log"),
                    INSTALL_LIMIT);
            installed.leave();
        }
        return installed;
    }

    private Path folder(String example) {
        return work.resolve("examples").resolve(example);
    }

    private List<String> script(String example, List<String> command) {
        String name = command.get(0);
        List<String> arguments = new ArrayList<>(command);
        arguments.set(
                0,
                List.of(folder(example), work.resolve("examples")).stream()
                        .map(folder -> folder.resolve("node_modules/.bin").resolve(name))
                        .filter(Files::exists)
                        .findFirst()
                        .orElse(folder(example).resolve(name))
                        .toString());
        return arguments;
    }
}
