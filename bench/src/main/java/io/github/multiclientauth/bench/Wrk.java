package io.github.multiclientauth.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Debian's {@code wrk}, on a core of its own. */
final class Wrk {

    private static final Pattern RESULT =
            Pattern.compile("RESULT requests=(\\d+) bytes=(\\d+) microseconds=(\\d+) refused=(\\d+) broken=(\\d+)");

    /** Enough connections to keep one core busy, and few enough to serve each in turn. */
    private static final String CONNECTIONS = "16";

    private final int core;
    private final Path script;

    Wrk(int core, Path script) {
        this.core = core;
        this.script = script;
    }

    /** @param bytes the size of all answers with their headers */
    record Result(long requests, long bytes, long micros) {

        double perSecond() {
            return requests * 1e6 / micros;
        }
    }

    /** Asks for the given time, with the lines of the file in turn as {@code Cookie} headers. */
    Result run(Server server, Question question, Path cookies, Duration duration)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "taskset",
                "--cpu-list",
                Integer.toString(core),
                "wrk",
                "--threads",
                "1",
                "--connections",
                CONNECTIONS,
                "--duration",
                duration.toSeconds() + "s",
                "--script",
                script.toString(),
                server.at(question.path()).toString(),
                "--",
                cookies.toString()));
        question.headers().forEach((name, value) -> command.addAll(List.of(name, value)));
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (wrk.waitFor() != 0) {
            throw new IOException("wrk failed: " + output);
        }
        return parse(output);
    }

    /** Fails if an answer was an error. Otherwise it would count as a fast one. */
    static Result parse(String output) throws IOException {
        Matcher result = RESULT.matcher(output);
        if (!result.find() || !result.group(4).equals("0") || !result.group(5).equals("0")) {
            throw new IOException("Not every request was answered with success: " + output);
        }
        return new Result(
                Long.parseLong(result.group(1)), Long.parseLong(result.group(2)), Long.parseLong(result.group(3)));
    }
}
