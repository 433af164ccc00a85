package io.github.multiclientauth.facade.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries the trace of a thread's work over to the threads that continue it.
 *
 * <p>OpenTelemetry's own {@code Context.current()} is no use here: Quarkus keeps it in Vert.x' context of the request, and
 * threads that wait for Keycloak have no such context, so that a value that is put there is lost at once.
 */
public final class TracedWork {

    /** Null if the thread's work is not traced. */
    private static final ThreadLocal<Context> CURRENT = new ThreadLocal<>();

    private TracedWork() {}

    /** The trace of this thread's work. The root if it is not traced. */
    static Context context() {
        Context current = CURRENT.get();
        return current == null ? Context.root() : current;
    }

    /** The id of the trace of this thread's work, 32 hexadecimal digits. Empty if it is not traced. */
    public static Optional<String> traceId() {
        Context current = CURRENT.get();
        return current == null
                ? Optional.empty()
                : Optional.of(Span.fromContext(current).getSpanContext())
                        .filter(SpanContext::isValid)
                        .map(SpanContext::getTraceId);
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

    /** The work as a part of this thread's trace. */
    public static Runnable carried(Runnable work) {
        Context now = CURRENT.get();
        return now == null ? work : () -> within(now, work);
    }

    /** The same for work that gets a value later. */
    public static <T> Consumer<T> carried(Consumer<T> work) {
        Context now = CURRENT.get();
        return now == null ? work : value -> within(now, () -> work.accept(value));
    }
}
