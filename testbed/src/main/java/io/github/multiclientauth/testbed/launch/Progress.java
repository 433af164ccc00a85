package io.github.multiclientauth.testbed.launch;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells the person who waits what is happening, one line every few seconds: in a log it reads as well as on a screen. */
public final class Progress {

    private static final long SECONDS_BETWEEN_LINES = 4;

    private final Consumer<String> lines;

    public Progress(Consumer<String> lines) {
        this.lines = lines;
    }

    void say(String line) {
        lines.accept(line);
    }

    /** For something that takes long: "Starting Keycloak … 12 s". */
    Consumer<Duration> during(String what) {
        return passed -> {
            if (passed.toSeconds() % SECONDS_BETWEEN_LINES == 0) {
                lines.accept(what + " … " + passed.toSeconds() + " s");
            }
        };
    }
}
