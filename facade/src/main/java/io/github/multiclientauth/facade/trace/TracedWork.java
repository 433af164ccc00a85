package io.github.multiclientauth.facade.trace;

import io.opentelemetry.context.Context;
import java.util.function.Consumer;

/**
 * What the thread works on, handed on to the threads that go on with it.
 *
 * <p>OpenTelemetry's own {@code Context.current()} does not do: Quarkus keeps it in Vert.x' context of the request, and the
 * threads that wait for Keycloak have none of a request, so that what is put there is gone at the next look.
 */
public final class TracedWork {

    /** Null for what is not traced. */
    private static final ThreadLocal<Context> CURRENT = new ThreadLocal<>();

    private TracedWork() {}

    /** The root if this thread works on nothing that is traced. */
    static Context context() {
        Context current = CURRENT.get();
        return current == null ? Context.root() : current;
    }

    static void within(Context context, Runnable work) {
        Context before = CURRENT.get();
        CURRENT.set(context);
        try {
            work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** The work, as part of what this thread works on now. */
    public static Runnable carried(Runnable work) {
        Context now = CURRENT.get();
        return now == null ? work : () -> within(now, work);
    }

    /** As {@link #carried(Runnable)}, of what is given something later. */
    public static <T> Consumer<T> carried(Consumer<T> work) {
        Context now = CURRENT.get();
        return now == null ? work : value -> within(now, () -> work.accept(value));
    }
}
