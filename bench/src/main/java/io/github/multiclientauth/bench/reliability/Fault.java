package io.github.multiclientauth.bench.reliability;

import java.io.IOException;

/** Something that goes wrong, and is repaired. */
record Fault(String name, Action action) {

    /** Injects the fault, waits, and repairs it. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException, InterruptedException;
    }
}
