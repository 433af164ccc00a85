package io.github.multiclientauth.testbed.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Waits until a child answers at its health address. */
public final class Readiness {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(250);
    private static final Duration ONE_QUESTION = Duration.ofSeconds(5);

    /** Uses HTTP/1.1. Otherwise Java offers an upgrade to HTTP/2, which Next.js takes for a web socket, and closes the connection. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ONE_QUESTION)
            .build();

    /**
     * Returns once {@code health} answers with a status that means {@code child} is ready.
     *
     * @param progress gets the time that has passed, about once a second
     * @throws StartFailedException if the child ends, or is not ready within {@code limit}
     */
    public void await(Child child, URI health, int readyStatus, Duration limit, Consumer<Duration> progress) {
        long begin = System.nanoTime();
        long reported = -1;
        for (; ; ) {
            Duration passed = Duration.ofNanos(System.nanoTime() - begin);
            if (passed.toSeconds() > reported) {
                reported = passed.toSeconds();
                progress.accept(passed);
            }
            // This check comes last, because an answer after the child has ended comes from another program.
            boolean ready = answers(health, readyStatus);
            if (!child.isAlive()) {
                throw StartFailedException.of(child, "ended while it was starting");
            }
            if (ready) {
                return;
            }
            if (passed.compareTo(limit) > 0) {
                throw StartFailedException.of(child, "was not ready within " + limit.toSeconds() + " s");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw StartFailedException.of(child, "was interrupted while it was starting");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(BETWEEN_QUESTIONS.toMillis()));
        }
    }

    private boolean answers(URI health, int readyStatus) {
        HttpRequest question =
                HttpRequest.newBuilder(health).timeout(ONE_QUESTION).build();
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == readyStatus;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
