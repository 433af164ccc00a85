package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.directory.PollSchedule;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Reads the directory at start and again and again. On a thread of its own: those of Vert.x are taken away while a slow
 * Keycloak still answers, when the facade ends.
 */
@Singleton
final class DirectoryPolling {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LiveDirectory directory;
    private final PollSchedule schedule;
    private final FacadeSpans spans;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "directory");
        made.setDaemon(true);
        return made;
    });

    DirectoryPolling(LiveDirectory directory, FacadeConfig config, FacadeSpans spans) {
        this.directory = directory;
        this.schedule = Wiring.usable(
                () -> new PollSchedule(config.directory().pollInterval(), LONGEST_PAUSE, RandomGenerator.getDefault()));
        this.spans = spans;
    }

    void start(@Observes StartupEvent event) {
        thread.execute(this::poll);
    }

    /** A request that Keycloak has not answered yet is waited for by nobody. */
    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void poll() {
        try {
            spans.rootSpan("poll directory", directory::poll);
        } catch (RuntimeException | Error e) {
            // Whatever it was, the next look may find nothing wrong.
            StartLog.LOG.pollFailed(withoutMessages(e));
        }
        again();
    }

    private void again() {
        long pause = schedule.next(directory.state().failures()).toMillis();
        try {
            thread.schedule(this::poll, pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The facade ends.
        }
    }

    /** Where it happened; what the exceptions say may quote what Keycloak answered. */
    private static Throwable withoutMessages(Throwable failure) {
        Throwable bare = new Throwable(failure.getClass().getName());
        bare.setStackTrace(failure.getStackTrace());
        if (failure.getCause() != null) {
            bare.initCause(withoutMessages(failure.getCause()));
        }
        return bare;
    }
}
