package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.directory.PollSchedule;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Reads the directory at start and again and again. */
@Singleton
final class DirectoryPolling {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LiveDirectory directory;
    private final PollSchedule schedule;
    private final FacadeSpans spans;
    private final Vertx vertx;
    private volatile boolean stopped;

    DirectoryPolling(LiveDirectory directory, FacadeConfig config, FacadeSpans spans, Vertx vertx) {
        this.directory = directory;
        this.schedule = Wiring.usable(
                () -> new PollSchedule(config.directory().pollInterval(), LONGEST_PAUSE, RandomGenerator.getDefault()));
        this.spans = spans;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        poll();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void poll() {
        if (stopped) {
            return;
        }
        vertx.executeBlocking(
                        () -> {
                            spans.alone("poll directory", directory::poll);
                            return null;
                        },
                        false)
                .onFailure(StartLog.LOG::pollFailed)
                .onComplete(done -> vertx.setTimer(
                        schedule.next(directory.state().failures()).toMillis(), timer -> poll()));
    }
}
