package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.directory.PollSchedule;
import io.github.multiclientauth.facade.session.LiveChanges;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Reads the directory and the changes at start and then periodically, each on a thread of its own. When the facade stops,
 * Vert.x takes its threads away while a slow Keycloak still answers.
 */
@Singleton
final class Polling {

    private final FacadeSpans spans;
    private final List<Poll> polls;

    Polling(LiveDirectory directory, LiveChanges changes, Settings settings, FacadeSpans spans) {
        this.spans = spans;
        this.polls = List.of(
                new Poll(
                        "directory",
                        directory::poll,
                        () -> directory.state().failures(),
                        settings.directory().schedule()),
                new Poll("changes", changes::poll, changes::failures, settings.changes()));
    }

    void start(@Observes StartupEvent event) {
        polls.forEach(Poll::start);
    }

    /** Does not wait for pending requests. */
    void stop(@Observes ShutdownEvent event) {
        polls.forEach(Poll::stop);
    }

    private final class Poll {

        private final String name;
        private final Runnable task;
        private final IntSupplier failures;
        private final PollSchedule schedule;
        private final ScheduledExecutorService thread;

        /** @param failures the number of failed polls in a row */
        Poll(String name, Runnable task, IntSupplier failures, PollSchedule schedule) {
            this.name = name;
            this.task = task;
            this.failures = failures;
            this.schedule = schedule;
            this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread made = new Thread(work, name);
                made.setDaemon(true);
                return made;
            });
        }

        void start() {
            thread.execute(this::poll);
        }

        void stop() {
            thread.shutdownNow();
        }

        private void poll() {
            try {
                spans.rootSpan("poll " + name, task);
            } catch (RuntimeException | Error e) {
                // The next poll may succeed.
                StartLog.LOG.pollFailed(name, withoutMessages(e));
            }
            again();
        }

        private void again() {
            long pause = schedule.next(failures.getAsInt()).toMillis();
            try {
                thread.schedule(this::poll, pause, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The facade stops.
            }
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
