package io.github.multiclientauth.extension.changes;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks a little later, one after the other. During a flood it leaves some out. */
final class Later implements AutoCloseable {

    private static final long PAUSE = Duration.ofSeconds(1).toMillis();

    private static final int MOST = 1_000;

    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, Later::daemon, new ThreadPoolExecutor.DiscardPolicy());

    private static Thread daemon(Runnable task) {
        Thread made = new Thread(task, "multi-client-auth-later");
        made.setDaemon(true);
        return made;
    }

    void run(Runnable task) {
        if (thread.getQueue().size() < MOST) {
            thread.schedule(task, PAUSE, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
