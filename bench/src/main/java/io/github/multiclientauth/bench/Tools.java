package io.github.multiclientauth.bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The programs that the machine must have. If one is missing, the message says which command installs it. */
final class Tools {

    private Tools() {}

    static void require() {
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            throw new IllegalStateException("CPU time and memory are read from /proc: this needs Linux");
        }
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new IllegalStateException("One core for the server and one for the generator are needed");
        }
        require("wrk", "apt-get install wrk");
        require("taskset", "apt-get install util-linux");
        require("timeout", "apt-get install coreutils");
        require("node", "install Node.js 20 or newer");
    }

    private static void require(String program, String remedy) {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found) {
            throw new IllegalStateException(program + " is missing: " + remedy);
        }
    }

    /** Installs the peer's packages into its own folder, exactly in the versions of its lock file. */
    static void installPeer(Path folder, PrintStream screen) throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("node_modules").resolve("@auth"))) {
            return;
        }
        List<String> command = List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        screen.println("In " + folder.getFileName() + ": " + String.join(" ", command));
        int status = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("npm ended with status " + status);
        }
    }
}
