package io.github.multiclientauth.facade.fake;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Collects the messages that a test causes in the log. Those of libraries are among them. Not an extension of JUnit: Quarkus
 * runs a test on another instance than the one whose extensions JUnit calls.
 */
public final class LogLines implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger REQUESTS = Logger.getLogger("mca.request");

    private static final PatternFormatter FORMAT = new PatternFormatter("%s");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private Runnable restore = () -> {};

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            lines.add(FORMAT.formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /**
     * Collects from now on, also messages about requests that only every minute's first is written of otherwise. For a
     * test with requests of its own, in one method.
     */
    public static LogLines ofAllRequests() {
        LogLines lines = new LogLines();
        lines.restore = restore(REQUESTS.getLevel());
        REQUESTS.setLevel(Level.FINE);
        lines.listen();
        return lines;
    }

    private static Runnable restore(Level level) {
        return () -> REQUESTS.setLevel(level);
    }

    /** Begins to collect. */
    public void listen() {
        ROOT.addHandler(listener);
    }

    /** Ends, as every test has to. */
    @Override
    public void close() {
        ROOT.removeHandler(listener);
        restore.run();
    }

    /** The messages so far, in their order. */
    public List<String> lines() {
        return lines;
    }
}
