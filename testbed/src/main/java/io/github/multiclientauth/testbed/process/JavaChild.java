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

/** A Java process with a {@link Lifeline}. Its output goes to a log file. */
public final class JavaChild implements Child, AutoCloseable {

    /** The time for an orderly end, before the lifeline is cut. */
    private static final Duration ORDERLY_END = Duration.ofSeconds(10);

    /**
     * Settings in the environment of the launcher that its children must not get. Variables of the realm file are among them. The
     * launcher passes the ones that it accepts to Keycloak only.
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

    /** The {@code java} that runs the launcher. It is the only one that certainly exists. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * Starts a process whose JVM got {@link #lifelineOption}.
     *
     * @param name the name in messages
     * @param environment added to the launcher's own, from which settings of Keycloak, Quarkus, the realm file and
     *     ours are removed
     */
    public static JavaChild start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        return start(name, command, environment, Path.of(""), log);
    }

    /**
     * Starts a process in a folder.
     *
     * @param folder the process' current folder
     */
    public static JavaChild start(
            String name, List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toAbsolutePath().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        removeForeignSettings(builder.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new JavaChild(name, builder.start(), log);
    }

    static void removeForeignSettings(Map<String, String> environment) {
        environment.keySet().removeIf(variable -> FOREIGN_SETTINGS.stream().anyMatch(variable::startsWith));
    }

    /**
     * Waits until a program ends by itself, and returns the exit status.
     *
     * @param progress gets the time that has passed, about once a second
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

    /** Ends the process, first with a signal, then by the lifeline, which also ends a JVM behind a shell script. */
    @Override
    public void close() {
        // Process.destroy() would also close the pipe, which is the lifeline, and so prevent an orderly end.
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
            // The lifeline is cut in both cases.
        }
    }
}
