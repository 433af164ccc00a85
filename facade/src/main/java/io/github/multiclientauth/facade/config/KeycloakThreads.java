package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.trace.TracedWork;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Makes the threads that may wait for Keycloak. They are not in Quarkus' pool: requests to a slow Keycloak must not use
 * up threads that others wait for.
 */
final class KeycloakThreads {

    /** Longer than every time-out of a request to Keycloak: then Vert.x reports a thread that hangs. */
    private static final long WORTH_A_WARNING_MINUTES = 2;

    /** The requests that can be served before their browsers give up. Further ones are refused at once. */
    private static final int WAITING_PER_THREAD = 16;

    /** Requests about sessions at one time, with up to a hundred sessions each. */
    private static final int CONFIRMATION_THREADS = 4;

    /** One thread collects for the next request. Those that arrive meanwhile are in a queue of their own. */
    private static final int WAITING_CONFIRMATIONS = 100;

    /** Requests for access tokens at one time: each is for one session, and Keycloak signs for it. */
    private static final int ACCESS_TOKEN_THREADS = 8;

    /** Each is a session of its own. */
    private static final int WAITING_ACCESS_TOKENS = 500;

    /** Lists and endings of people's own sessions at one time. */
    private static final int OWN_SESSION_THREADS = 4;

    /** Each is a session of its own. */
    private static final int WAITING_OWN_SESSIONS = 100;

    /** Sign-outs at one time; beside {@code mca.keycloak.max-concurrent-requests}. */
    private static final int SIGN_OUT_THREADS = 4;

    /** Each is a session of its own. */
    private static final int WAITING_SIGN_OUTS = 1000;

    private static final int LOGOUT_TOKEN_THREADS = 2;

    /** Checking one takes less than a millisecond, unless Keycloak's keys have to be read. */
    private static final int WAITING_LOGOUT_TOKENS = 500;

    private KeycloakThreads() {}

    /** @param signIns requests at one time */
    static Assembly.Threads of(Vertx vertx, int signIns) {
        return new Assembly.Threads(
                pool(vertx, "keycloak", signIns, signIns * WAITING_PER_THREAD),
                pool(vertx, "keycloak-sessions", CONFIRMATION_THREADS, WAITING_CONFIRMATIONS),
                pool(vertx, "keycloak-access-tokens", ACCESS_TOKEN_THREADS, WAITING_ACCESS_TOKENS),
                pool(vertx, "keycloak-own-sessions", OWN_SESSION_THREADS, WAITING_OWN_SESSIONS),
                pool(vertx, "keycloak-sign-outs", SIGN_OUT_THREADS, WAITING_SIGN_OUTS),
                pool(vertx, "keycloak-logout-tokens", LOGOUT_TOKEN_THREADS, WAITING_LOGOUT_TOKENS),
                KeycloakThreads::later);
    }

    private static Executor pool(Vertx vertx, String name, int threads, int waiting) {
        WorkerExecutor worker =
                vertx.createSharedWorkerExecutor(name, threads, WORTH_A_WARNING_MINUTES, TimeUnit.MINUTES);
        Semaphore room = new Semaphore(threads + waiting);
        return task -> {
            if (!room.tryAcquire()) {
                throw new RejectedExecutionException("too many requests wait for Keycloak");
            }
            Runnable carried = TracedWork.carried(task);
            worker.executeBlocking(
                    () -> {
                        try {
                            carried.run();
                        } finally {
                            room.release();
                        }
                        return null;
                    },
                    false);
        };
    }

    /** Runs the task on the JDK's own timer thread. */
    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task);
    }
}
