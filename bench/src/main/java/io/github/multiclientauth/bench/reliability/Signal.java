package io.github.multiclientauth.bench.reliability;

import java.io.IOException;
import java.util.stream.Stream;

/** A signal to a process and its descendants. */
enum Signal {
    STOP,
    CONT,
    INT,
    TERM,
    KILL;

    void send(ProcessHandle process) throws IOException, InterruptedException {
        String[] command = Stream.concat(
                        Stream.of("kill", "-" + name()),
                        Stream.concat(Stream.of(process), process.descendants()).map(each -> Long.toString(each.pid())))
                .toArray(String[]::new);
        // A descendant may have ended in between.
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
