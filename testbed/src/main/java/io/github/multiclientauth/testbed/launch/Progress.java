package io.github.multiclientauth.testbed.launch;

import java.time.Duration;
import java.util.function.Consumer;

/** Prints the progress, one line every few seconds. It is readable in a log as well as on a screen. */
public final class Progress {

    private static final long SECONDS_BETWEEN_LINES = 4;

    private final Consumer<String> lines;

    public Progress(Consumer<String> lines) {
        this.lines = lines;
    }

    void say(String line) {
        lines.accept(line);
    }

    /** Reports a long task that calls it about once a second: "Starting Keycloak", "Starting Keycloak … 4 s". */
    Consumer<Duration> during(String what) {
        return new Consumer<>() {

            private long next;

            @Override
            public void accept(Duration passed) {
                long seconds = passed.toSeconds();
                if (seconds >= next) {
                    say(seconds < SECONDS_BETWEEN_LINES ? what : what + " … " + seconds + " s");
                    next = seconds - seconds % SECONDS_BETWEEN_LINES + SECONDS_BETWEEN_LINES;
                }
            }
        };
    }
}
