package io.github.multiclientauth.testbed.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A Java process on a {@link Lifeline}, its output in a log file. */
public final class JavaChild implements Child, AutoCloseable {

    /** How long an orderly end may take before the lifeline is cut. */
    private static final Duration ORDERLY_END = Duration.ofSeconds(10);

    /**
     * Settings of the person who starts the testbed must not leak into what it starts. Those of the realm file are among
     * them: where the launcher honours one, it hands it on itself, to Keycloak alone.
     */
    private static final Set<String> FOREIGN_SETTINGS = Set.of(
            "KC_",
            "KEYCLOAK_",
            "QUARKUS_",
            "MCA_",
            "AUTH_",
            "JAVA_OPTS",
            "JDK_JAVA_OPTIONS",
            "GITHUB_",
            "GOOGLE_",
            "FACEBOOK_",
            "LINKEDIN_",
            "AUTH0_",
            "PORTFOLIO_",
            "DASHBOARD_");

    private final String name;
    private final Process process;
    private final Path log;

    private JavaChild(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** The JVM option that ties a process to its launcher; {@code directory} holds the agent. */
    public static String lifelineOption(Path directory) throws IOException {
        return "-javaagent:" + LifelineJar.in(directory);
    }

    /** The {@code java} that runs the launcher: the only one certain to be there. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * Starts a process whose JVM got {@link #lifelineOption}.
     *
     * @param name as people know it, for messages
     * @param environment added to the launcher's own, from which settings of Keycloak, Quarkus, the realm file and
     *     ours are removed
     */
    public static JavaChild start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        removeForeignSettings(builder.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new JavaChild(name, builder.start(), log);
    }

    static void removeForeignSettings(Map<String, String> environment) {
        environment.keySet().removeIf(variable -> FOREIGN_SETTINGS.stream().anyMatch(variable::startsWith));
    }

    /**
     * Waits for its end, for programs that end by themselves, and returns the exit status.
     *
     * @param progress told the time that has passed, about once a second
     */
    public int await(Consumer<Duration> progress) throws InterruptedException {
        long begin = System.nanoTime();
        do {
            progress.accept(Duration.ofNanos(System.nanoTime() - begin));
        } while (!process.waitFor(1, TimeUnit.SECONDS));
        return process.exitValue();
    }

    @Override
    public CompletableFuture<Child> end() {
        return process.onExit().thenApply(ended -> this);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Path log() {
        return log;
    }

    /** Ends the process: first politely, then by the lifeline, which also ends a JVM behind a shell script. */
    @Override
    public void close() {
        // Not the process' own destroy(): that closes the pipe as well, which is the lifeline, and cuts the orderly end
        // short.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(ORDERLY_END.toMillis(), TimeUnit.MILLISECONDS)) {
                cutLifeline();
                process.waitFor(ORDERLY_END.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            cutLifeline();
            process.destroyForcibly();
        }
    }

    private void cutLifeline() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyGone) {
            // It is cut either way.
        }
    }
}
