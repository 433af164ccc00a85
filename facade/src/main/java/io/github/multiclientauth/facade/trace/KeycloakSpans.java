package io.github.multiclientauth.facade.trace;

import io.github.multiclientauth.facade.oidc.KeycloakEndpoint;
import io.github.multiclientauth.facade.oidc.KeycloakWatch;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * Makes one span for each request to Keycloak, below the span of the work that needs it, and sends it to Keycloak ({@code
 * traceparent}).
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public final class KeycloakSpans implements KeycloakWatch {

    private static final AttributeKey<String> SERVER = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    public KeycloakSpans(OpenTelemetry telemetry, Tracer tracer) {
        this.telemetry = telemetry;
        this.tracer = tracer;
    }

    @Override
    public Exchange begin(KeycloakEndpoint endpoint, String method, URI address, BiConsumer<String, String> headers) {
        Context parent = TracedWork.context();
        Span span = tracer.spanBuilder(method + " " + endpoint.name().toLowerCase(Locale.ROOT))
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(FacadeSpans.METHOD, method)
                .setAttribute(SERVER, address.getHost())
                .setAttribute(PORT, (long) port(address))
                .startSpan();
        telemetry
                .getPropagators()
                .getTextMapPropagator()
                .inject(parent.with(span), headers, (carrier, name, value) -> carrier.accept(name, value));
        return new Exchange() {
            @Override
            public void answered(int status) {
                span.setAttribute(FacadeSpans.STATUS, (long) status);
                if (status >= 400) {
                    span.setStatus(StatusCode.ERROR);
                }
                span.end();
            }

            /** Records only the exception's class: messages contain addresses and answers. */
            @Override
            public void failed(Exception failure) {
                span.setAttribute(ERROR, failure.getClass().getName());
                span.setStatus(StatusCode.ERROR);
                span.end();
            }
        };
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }
}
