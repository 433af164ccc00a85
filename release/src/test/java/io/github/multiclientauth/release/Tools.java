package io.github.multiclientauth.release;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs of this machine that a test compares with. */
final class Tools {

    private Tools() {}

    /** Skips the test loudly if a program is missing. With {@code CI=true} the test fails. */
    static void require(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!there) {
            missing(program + " on the path");
        }
    }

    /** Skips the test loudly, or fails it. */
    static void missing(String what) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new AssertionError("There is no " + what);
        }
        System.err.println("A TEST OF THE RELEASE IS SKIPPED: there is no " + what);
        throw new TestAbortedException("There is no " + what);
    }
}
