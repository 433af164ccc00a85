package io.github.multiclientauth.testbed.compose;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The Docker engine of this machine and its Compose, 1.29 or newer. Without an engine the test is skipped with a message. With
 * {@code -Dcompose.required=true} it fails.
 */
final class Engine {

    private static final Duration QUESTION = Duration.ofSeconds(30);

    private final Command command;
    private final List<String> compose;

    private Engine(Command command, List<String> compose) {
        this.command = command;
        this.compose = compose;
    }

    static Engine installed(Command command) {
        if (!answers(command, List.of("docker", "info"))) {
            throw without("No Docker engine answers");
        }
        return Stream.of(List.of("docker", "compose"), List.of("docker-compose"))
                .filter(candidate -> answers(command, concat(candidate, "version")))
                .findFirst()
                .map(found -> new Engine(command, found))
                .orElseThrow(() -> without("There is neither docker compose nor docker-compose"));
    }

    /** The command of Compose. */
    List<String> compose() {
        return compose;
    }

    String docker(String... arguments) {
        return command.run(Duration.ofMinutes(1), concat(List.of("docker"), arguments))
                .strip();
    }

    /** Runs docker and returns its output, even if it fails. */
    String dockerAttempt(String... arguments) {
        return command.attempt(Duration.ofMinutes(1), concat(List.of("docker"), arguments))
                .output()
                .strip();
    }

    static List<String> concat(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    private static boolean answers(Command command, List<String> program) {
        try {
            return command.attempt(QUESTION, program).status() == 0;
        } catch (UncheckedIOException notInstalled) {
            return false;
        }
    }

    private static RuntimeException without(String why) {
        if (Boolean.getBoolean("compose.required")) {
            throw new AssertionError(why);
        }
        String message = "THE TEST OF docker-compose.yml IS SKIPPED. " + why + " on this machine.";
        System.err.println(message);
        return new TestAbortedException(message);
    }
}
