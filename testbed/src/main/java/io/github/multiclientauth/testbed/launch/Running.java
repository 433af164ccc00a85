package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has been started and must end: the last one first, each of them whatever the others do.
 *
 * <p>Closing is final. What is started while another thread closes is ended at once, so that nothing slips through
 * between the two.
 */
final class Running implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /**
     * Takes responsibility for {@code part} and returns it.
     *
     * @throws StartFailedException if everything has been closed; {@code part} is then closed, too
     */
    <T extends AutoCloseable> T add(T part) {
        synchronized (this) {
            if (!closed) {
                parts.push(part);
                return part;
            }
        }
        StartFailedException stopped = new StartFailedException("Stopped while it was starting");
        try {
            part.close();
        } catch (Exception alsoFailed) {
            stopped.addSuppressed(alsoFailed);
        }
        throw stopped;
    }

    /** Ends everything. Whoever calls it second waits until the first has finished. */
    @Override
    public synchronized void close() {
        closed = true;
        RuntimeException failures = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failure) {
                failures = failures == null ? new IllegalStateException("A part did not end in order") : failures;
                failures.addSuppressed(failure);
            }
        }
        if (failures != null) {
            throw failures;
        }
    }
}
