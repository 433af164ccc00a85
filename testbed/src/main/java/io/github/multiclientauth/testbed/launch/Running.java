package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A list of started parts that must end. It closes the last one first, and closes all of them even if one fails.
 *
 * <p>Closing is final. A part that is added while another thread closes the list is ended at once.
 */
public final class Running implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /**
     * Takes responsibility for {@code part} and returns it.
     *
     * @throws StartFailedException if everything has been closed; {@code part} is then closed, too
     */
    public <T extends AutoCloseable> T add(T part) {
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

    /** Ends all parts. A second call waits until the first has finished. */
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
