package io.github.multiclientauth.testbed.process;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Something that the testbed has started and that may end by itself. */
public interface Child {

    /** As people know it, for messages. */
    String name();

    boolean isAlive();

    /** Completes with this child once it has ended, however that came about. */
    CompletableFuture<Child> end();

    /** Where it logs. */
    Path log();

    /** The end of the log, for an error message, or a sentence saying why it cannot be read. */
    default String logTail() {
        return LogTail.of(log());
    }
}
