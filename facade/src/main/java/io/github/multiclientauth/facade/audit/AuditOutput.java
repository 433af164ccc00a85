package io.github.multiclientauth.facade.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.jboss.logmanager.handlers.PeriodicRotatingFileHandler;

/**
 * Writes lines through the category {@value #CATEGORY} of the log. Each is exactly the JSON object: the category has handlers of
 * its own, so that neither the format nor the level of the other messages matters.
 */
public final class AuditOutput implements Consumer<String> {

    /** The category of the log. */
    public static final String CATEGORY = "mca.audit";

    /** Each day gets a file. None is deleted: how long they are kept is the operator's decision. */
    private static final String DAY = ".yyyy-MM-dd";

    private static final Formatter LINE = new Formatter() {
        @Override
        public String format(LogRecord entry) {
            return entry.getMessage() + "\n";
        }
    };

    private final Logger logger;

    private AuditOutput(Logger logger) {
        this.logger = logger;
    }

    /**
     * Opens the stream.
     *
     * @param file to which lines are appended. Without it, the handlers that the operator gave the category in Quarkus' settings
     *     get the lines, and without these, standard output does
     * @throws IOException if the file cannot be opened
     */
    public static AuditOutput open(Optional<Path> file, Clock clock) throws IOException {
        Logger logger = Logger.getLogger(CATEGORY);
        if (file.isPresent()) {
            logger.addHandler(prepared(appending(file.get()), clock));
        } else if (logger.getHandlers().length == 0) {
            logger.addHandler(prepared(new ConsoleHandler(ConsoleHandler.Target.SYSTEM_OUT, LINE), clock));
        }
        logger.setUseParentHandlers(false);
        // Whatever level the operator wants of other messages.
        logger.setLevel(Level.INFO);
        return new AuditOutput(logger);
    }

    private static ExtHandler appending(Path file) throws IOException {
        return new PeriodicRotatingFileHandler(file.toFile(), DAY, true);
    }

    private static ExtHandler prepared(ExtHandler handler, Clock clock) throws IOException {
        handler.setFormatter(LINE);
        handler.setEncoding("UTF-8");
        handler.setAutoFlush(true);
        handler.setErrorManager(new Reporting(clock));
        return handler;
    }

    /** Tells the operator once a minute that lines are missing. */
    private static final class Reporting extends ErrorManager {

        private static final Duration PAUSE = Duration.ofMinutes(1);

        private final Clock clock;
        private Instant next = Instant.MIN;

        Reporting(Clock clock) {
            this.clock = clock;
        }

        @Override
        public synchronized void error(String message, Exception cause, int code) {
            Instant now = clock.instant();
            if (!now.isBefore(next)) {
                next = now.plus(PAUSE);
                AuditLog.LOG.notWritten(cause == null ? String.valueOf(message) : cause.toString());
            }
        }
    }

    @Override
    public void accept(String line) {
        logger.log(Level.INFO, line);
    }

    /** Closes the file. The category writes nothing any longer. */
    public void close() {
        for (var handler : logger.getHandlers()) {
            logger.removeHandler(handler);
            handler.close();
        }
    }
}
