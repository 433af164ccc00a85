package io.github.multiclientauth.testbed.process;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A process or container that the testbed has started. It may end by itself. */
public interface Child {

    /** The name in messages. */
    String name();

    boolean isAlive();

    /** Completes with this child when it has ended, for whatever reason. */
    CompletableFuture<Child> end();

    /** The log file. */
    Path log();

    /** The end of the log, for an error message, or a sentence saying why it cannot be read. */
    default String logTail() {
        return LogTail.of(log());
    }
}
