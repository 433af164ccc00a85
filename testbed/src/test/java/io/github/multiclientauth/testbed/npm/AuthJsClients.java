package io.github.multiclientauth.testbed.npm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The unmodified packages of Auth.js, in the pages and the server of {@code testbed/clients}. They are installed once, and again only if
 * the versions change.
 */
public final class AuthJsClients {

    private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);
    private static final Duration BUNDLE_LIMIT = Duration.ofMinutes(1);

    /** The files that decide which packages are installed. */
    private static final List<String> VERSIONS = List.of("package.json", "package-lock.json", ".npmrc");

    private final NodeJs node;
    private final Path sources;
    private final Path work;
    private final Path output;

    /**
     * @param sources the folder {@code testbed/clients}
     * @param work gets the packages, which several JVMs share
     * @param output gets the bundles and logs of this JVM
     */
    public AuthJsClients(NodeJs node, Path sources, Path work, Path output) {
        this.node = node;
        this.sources = sources;
        this.work = work;
        this.output = output;
    }

    /** Returns the directory with one script for each page. */
    public Path pages() throws IOException, InterruptedException {
        Path bundles = output.resolve("pages");
        bundle(
                "pages",
                List.of("next-auth-5.js", "next-auth-4.js", "sveltekit.js", "solid-start.js"),
                "--outdir=" + bundles,
                "--jsx=automatic",
                "--alias:$app/paths=" + sources.resolve("pages/app-paths.js"),
                // Bundlers for browsers set it, and next-auth reads its own address there.
                "--define:process.env={}");
        return bundles;
    }

    /** Returns the script of the server. It is bundled because next-auth imports Next.js by names that Node.js refuses. */
    public Path server() throws IOException, InterruptedException {
        Path bundle = output.resolve("server.cjs");
        bundle("server", List.of("main.js"), "--outfile=" + bundle, "--platform=node");
        return bundle;
    }

    /**
     * Installs our own package beside the others, packed, and returns the folder with the application of {@code
     * testbed/clients/package}.
     */
    public Path withOurPackage() throws IOException, InterruptedException {
        packages();
        // A new folder each time: npm would keep a package of the same version.
        Path application = Files.createTempDirectory(work, "package-");
        for (Path source : NodeJs.sources(sources.resolve("package"))) {
            Files.write(
                    application.resolve(source),
                    Files.readAllBytes(sources.resolve("package").resolve(source)));
        }
        new SdkPackage(node, sources.resolve("../../sdk").normalize()).installInto(application);
        return application;
    }

    /** Runs a program of an installed package in a folder: its script, and its arguments. */
    public void run(String script, List<String> arguments, Path log) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(packages().resolve(script).toString()));
        all.addAll(arguments);
        Files.createDirectories(log.getParent());
        node.run(script, all, Map.of(), log, BUNDLE_LIMIT);
    }

    /** Returns the directory of the installed packages. */
    public Path packages() throws IOException, InterruptedException {
        return Turn.at(work, this::install);
    }

    private void bundle(String folder, List<String> entries, String... options)
            throws IOException, InterruptedException {
        Path packages = packages();
        Files.createDirectories(output);
        List<String> arguments =
                new ArrayList<>(List.of(packages.resolve("esbuild/bin/esbuild").toString()));
        entries.forEach(
                entry -> arguments.add(sources.resolve(folder).resolve(entry).toString()));
        arguments.addAll(List.of("--bundle", "--log-level=warning", "--define:process.env.NODE_ENV=\"production\""));
        arguments.addAll(Arrays.asList(options));
        node.run(
                "esbuild",
                arguments,
                Map.of("NODE_PATH", packages.toString()),
                output.resolve("esbuild-" + folder + ".log"),
                BUNDLE_LIMIT);
    }

    private Path install() throws IOException, InterruptedException {
        Path packages = work.resolve("node_modules");
        if (isInstalled()) {
            return packages;
        }
        for (String file : VERSIONS) {
            Files.write(work.resolve(file), Files.readAllBytes(sources.resolve(file)));
        }
        // Uses a mirror or proxy that is configured on the machine. Does not run scripts of the packages.
        node.npm(
                List.of("ci", "--ignore-scripts", "--prefer-offline", "--prefix", work.toString()),
                work.resolve("npm-ci.log"),
                INSTALL_LIMIT);
        return packages;
    }

    private boolean isInstalled() throws IOException {
        // npm writes this file last, and removes it first.
        if (!Files.exists(work.resolve("node_modules/.package-lock.json"))) {
            return false;
        }
        for (String file : VERSIONS) {
            if (Files.mismatch(sources.resolve(file), work.resolve(file)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
