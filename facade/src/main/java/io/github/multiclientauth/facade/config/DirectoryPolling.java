package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.directory.PollSchedule;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Reads the directory at start and then periodically, on a thread of its own. When the facade stops, Vert.x takes its
 * threads away while a slow Keycloak still answers.
 */
@Singleton
final class DirectoryPolling {

    private final LiveDirectory directory;
    private final PollSchedule schedule;
    private final FacadeSpans spans;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "directory");
        made.setDaemon(true);
        return made;
    });

    DirectoryPolling(LiveDirectory directory, Settings settings, FacadeSpans spans) {
        this.directory = directory;
        this.schedule = settings.directory().schedule();
        this.spans = spans;
    }

    void start(@Observes StartupEvent event) {
        thread.execute(this::poll);
    }

    /** Does not wait for a pending request. */
    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void poll() {
        try {
            spans.rootSpan("poll directory", directory::poll);
        } catch (RuntimeException | Error e) {
            // The next poll may succeed.
            StartLog.LOG.pollFailed(withoutMessages(e));
        }
        again();
    }

    private void again() {
        long pause = schedule.next(directory.state().failures()).toMillis();
        try {
            thread.schedule(this::poll, pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The facade stops.
        }
    }

    /** The stack trace without the messages, which may quote Keycloak's answer. */
    private static Throwable withoutMessages(Throwable failure) {
        Throwable bare = new Throwable(failure.getClass().getName());
        bare.setStackTrace(failure.getStackTrace());
        if (failure.getCause() != null) {
            bare.initCause(withoutMessages(failure.getCause()));
        }
        return bare;
    }
}
