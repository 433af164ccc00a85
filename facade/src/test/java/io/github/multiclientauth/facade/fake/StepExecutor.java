package io.github.multiclientauth.facade.fake;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs what it was given when the test says so, so that a test can stand between a call and its end. */
public final class StepExecutor implements Executor {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean atOnce;
    private volatile boolean full;

    /** From now on runs everything within the call. */
    public void runAtOnce() {
        atOnce = true;
    }

    /** From now on has no room: nothing more is taken. */
    public void refuse() {
        full = true;
    }

    /** From now on has room again. */
    public void takeAgain() {
        full = false;
    }

    @Override
    public void execute(Runnable task) {
        if (full) {
            throw new RejectedExecutionException("full");
        }
        if (atOnce) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    /** Until nothing is left, also of what is added meanwhile. */
    public void runAll() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
