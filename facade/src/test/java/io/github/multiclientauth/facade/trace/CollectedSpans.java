package io.github.multiclientauth.facade.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** In place of a collector: Quarkus hands it every span that ends. */
@Singleton
public class CollectedSpans implements SpanExporter {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    List<SpanData> of(String traceId) {
        return spans.stream().filter(span -> span.getTraceId().equals(traceId)).toList();
    }

    SpanData await(String traceId, String name) throws InterruptedException {
        return await(span -> span.getTraceId().equals(traceId) && span.getName().equals(name));
    }

    /** The first such span, as soon as it has ended: the server ends it when the client has the answer already. */
    synchronized SpanData await(Predicate<SpanData> wanted) throws InterruptedException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < LIMIT.toNanos()) {
            Optional<SpanData> found = spans.stream().filter(wanted).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            wait(LIMIT.toMillis());
        }
        throw new AssertionError("No such span among " + spans);
    }

    @Override
    public synchronized CompletableResultCode export(Collection<SpanData> ended) {
        spans.addAll(ended);
        notifyAll();
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
