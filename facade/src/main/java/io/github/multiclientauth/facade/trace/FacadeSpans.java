package io.github.multiclientauth.facade.trace;

import io.github.multiclientauth.facade.metrics.HttpTimers;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalInt;

/**
 * Makes one span for each request. A span has method, route and status only: the path and query of a callback contain codes,
 * and headers contain cookies.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">Semantic conventions for HTTP spans</a>
 */
public final class FacadeSpans {

    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");

    private static final TextMapGetter<HttpServerRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServerRequest request) {
            return request.headers().names();
        }

        @Override
        public String get(HttpServerRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    };

    private final boolean off;
    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    /** @param off whether the operator has no collector */
    public FacadeSpans(boolean off, OpenTelemetry telemetry, Tracer tracer) {
        this.off = off;
        this.telemetry = telemetry;
        this.tracer = tracer;
    }

    public boolean areOff() {
        return off;
    }

    /**
     * Begins the span of a request, which ends with {@link RequestSpan#end}. Work that the handler gives to another thread has
     * to be {@linkplain TracedWork#carried(Runnable) carried} there.
     *
     * @param route the path, with a placeholder for the provider
     */
    public RequestSpan begin(HttpServerRequest request, String route) {
        Context parent = telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), request, HEADERS);
        String method = HttpTimers.knows(request.method().name())
                ? request.method().name()
                // The conventions' name for an unknown method.
                : "_OTHER";
        Span span = tracer.spanBuilder((method.equals("_OTHER") ? "HTTP" : method) + " " + route)
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(METHOD, method)
                .setAttribute(ROUTE, route)
                .setAttribute(SCHEME, request.scheme())
                .startSpan();
        return new RequestSpan(span, parent.with(span));
    }

    /** Runs work that no request has asked for, as a trace of its own. */
    public void rootSpan(String name, Runnable work) {
        if (off) {
            work.run();
            return;
        }
        Span span = tracer.spanBuilder(name).setNoParent().startSpan();
        try {
            TracedWork.within(Context.root().with(span), work);
        } finally {
            span.end();
        }
    }

    /** A request that is being handled. */
    public static final class RequestSpan {

        private final Span span;
        private final Context context;

        private RequestSpan(Span span, Context context) {
            this.span = span;
            this.context = context;
        }

        public void during(Runnable handling) {
            TracedWork.within(context, handling);
        }

        /** @param status of the answer; empty if the client went away first */
        public void end(OptionalInt status) {
            status.ifPresent(code -> {
                span.setAttribute(STATUS, (long) code);
                if (code >= 500) {
                    span.setStatus(StatusCode.ERROR);
                }
            });
            span.end();
        }
    }
}
