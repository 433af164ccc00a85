package io.github.multiclientauth.facade.fake;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor that runs its tasks when the test says so. */
public final class StepExecutor implements Executor {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean atOnce;
    private volatile boolean full;

    /** From now on tasks run within the call. */
    public void runAtOnce() {
        atOnce = true;
    }

    /** From now on every task is rejected. */
    public void refuse() {
        full = true;
    }

    /** From now on tasks are accepted again. */
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

    /** Runs all tasks, including those that are added meanwhile. */
    public void runAll() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
