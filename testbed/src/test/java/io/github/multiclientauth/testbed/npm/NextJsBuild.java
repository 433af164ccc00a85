package io.github.multiclientauth.testbed.npm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The example application. It is installed and built from a copy, so that nothing is written next to its sources. Both steps are skipped
 * if nothing has changed. The build has no settings of an application.
 */
public final class NextJsBuild {

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(10);

    private final NodeJs node;
    private final Path project;
    private final Path work;
    private final Map<String, String> replaced;
    private final List<String> morePackages;

    private NextJsBuild(NodeJs node, Path project, Path work, Map<String, String> replaced, List<String> morePackages) {
        this.node = node;
        this.project = project;
        this.work = work;
        this.replaced = replaced;
        this.morePackages = morePackages;
    }

    /**
     * Makes the build of the example as it is.
     *
     * @param project the root folder of the whole project
     * @param work gets copies and logs
     */
    public NextJsBuild(NodeJs node, Path project, Path work) {
        this(node, project, work, Map.of(), List.of());
    }

    /**
     * The same example with other content of some files, in a folder of its own.
     *
     * @param name of the folder
     * @param files content by name
     * @param packages more packages, with their versions
     */
    public NextJsBuild with(String name, Map<String, String> files, String... packages) {
        return new NextJsBuild(node, project, work.resolve(name), files, List.of(packages));
    }

    /** Returns the directory of the built application. */
    public Path run() throws IOException, InterruptedException {
        Files.createDirectories(work);
        return Turn.at(work, this::runAlone);
    }

    private Path runAlone() throws IOException, InterruptedException {
        // Next to each other as in the project, because the application refers to the SDK by a relative path.
        Path sdk = copy(Path.of("sdk"));
        Path application = copy(Path.of("examples", "nextjs"));
        for (Map.Entry<String, String> file : replaced.entrySet()) {
            Files.writeString(application.resolve(file.getKey()), file.getValue());
        }
        Stamp installed = new Stamp(work.resolve("installed"), node.version())
                .with(sdk)
                .with(application, "package.json", "package-lock.json", ".npmrc");
        if (!installed.isThere()) {
            // Uses a mirror or proxy that is configured on the machine. Does not run scripts of the packages.
            node.npm(
                    List.of("ci", "--ignore-scripts", "--prefer-offline", "--prefix", application.toString()),
                    work.resolve("npm-ci.log"),
                    INSTALL_LIMIT);
            if (!morePackages.isEmpty()) {
                List<String> arguments = new ArrayList<>(List.of(
                        "install",
                        "--no-save",
                        "--ignore-scripts",
                        "--prefer-offline",
                        "--prefix",
                        application.toString()));
                arguments.addAll(morePackages);
                node.npm(arguments, work.resolve("npm-install.log"), INSTALL_LIMIT);
            }
            installed.leave();
        }
        Stamp built = new Stamp(work.resolve("built"), installed.value()).with(application);
        if (!built.isThere()) {
            node.run(
                    "next build",
                    List.of(next(application), "build", application.toString()),
                    Map.of("NODE_ENV", "production"),
                    work.resolve("next-build.log"),
                    BUILD_LIMIT);
            built.leave();
        }
        return application;
    }

    /** The script of the command {@code next}. */
    public static String next(Path application) {
        return application.resolve("node_modules/next/dist/bin/next").toString();
    }

    private Path copy(Path folder) throws IOException {
        return NodeJs.copy(project.resolve(folder), work.resolve(folder));
    }
}
