package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.web.Loop;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.http.HttpServer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A collector for traces. It speaks OTLP over gRPC, with the classes that OpenTelemetry generates from the protocol.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlpgrpc">OTLP/gRPC</a>
 */
final class SpanCollector implements AutoCloseable {

    /**
     * A span that has arrived.
     *
     * @param service {@code service.name} of the sender
     * @param parent the id of the parent span; empty for the root of a trace
     * @param attributes the values as text
     */
    record Collected(
            String service,
            String trace,
            String id,
            String parent,
            String name,
            Span.SpanKind kind,
            Map<String, String> attributes) {}

    private final Loop loop = new Loop();
    private final List<Collected> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    SpanCollector() throws Exception {
        GrpcServer grpc = GrpcServer.server(loop.vertx());
        grpc.callHandler(
                ServiceMethod.server(
                        ServiceName.create(TraceServiceGrpc.SERVICE_NAME),
                        "Export",
                        GrpcMessageEncoder.encoder(),
                        GrpcMessageDecoder.decoder(ExportTraceServiceRequest.parser())),
                this::receive);
        server = loop.vertx()
                .createHttpServer()
                .requestHandler(grpc)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private void receive(GrpcServerRequest<ExportTraceServiceRequest, ExportTraceServiceResponse> request) {
        request.handler(sent -> {
            sent.getResourceSpansList().forEach(this::keep);
            request.response().end(ExportTraceServiceResponse.getDefaultInstance());
        });
    }

    private void keep(ResourceSpans sent) {
        String service = attributes(sent.getResource().getAttributesList()).get("service.name");
        sent.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .map(span -> new Collected(
                        service,
                        hex(span.getTraceId().toByteArray()),
                        hex(span.getSpanId().toByteArray()),
                        hex(span.getParentSpanId().toByteArray()),
                        span.getName(),
                        span.getKind(),
                        attributes(span.getAttributesList())))
                .forEach(spans::add);
    }

    private static String hex(byte[] id) {
        return HexFormat.of().formatHex(id);
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, attribute -> text(attribute.getValue()), (one, other) -> one + other));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            default -> value.toString();
        };
    }

    /** The address for {@code QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT} and Keycloak's {@code --tracing-endpoint}. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** All spans that have arrived so far. */
    List<Collected> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() throws ExecutionException, TimeoutException {
        loop.close();
    }
}
