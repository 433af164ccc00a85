package io.github.multiclientauth.facade.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Collects the messages that a test causes in the log. Those of libraries are among them. Not an extension of JUnit: Quarkus
 * runs a test on another instance than the one whose extensions JUnit calls.
 */
public final class LogLines {

    private static final Logger ROOT = Logger.getLogger("");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Begins to collect. */
    public void listen() {
        ROOT.addHandler(listener);
    }

    /** Ends, as every test has to. */
    public void close() {
        ROOT.removeHandler(listener);
    }

    /** The messages so far, in their order. */
    public List<String> lines() {
        return lines;
    }
}
