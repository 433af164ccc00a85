package io.github.multiclientauth.testbed.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An answer of the provider, right or wrong, and the way it is sent. */
record Reply(int status, List<Header> headers, byte[] body, Delivery delivery) {

    private static final int PROMISED_TOO_MUCH = 100;
    private static final byte[] PART = " ".repeat(1 << 14).getBytes(UTF_8);

    record Header(String name, String value) {}

    /** How the body is sent. */
    enum Delivery {
        WHOLE,
        /** The connection ends before the promised length. */
        CUT,
        /** One byte after another, without end. */
        DRIP,
        /** Many bytes at once, without end. */
        ENDLESS,
        /** The connection is closed without an answer. */
        NOTHING
    }

    static Reply of(int status, String contentType, String body) {
        return new Reply(status, List.of(), body.getBytes(UTF_8), Delivery.WHOLE).with("Content-Type", contentType);
    }

    static Reply json(String body) {
        return of(200, "application/json", body);
    }

    /** The connection is closed without an answer. */
    static Reply nothing() {
        return new Reply(0, List.of(), new byte[0], Delivery.NOTHING);
    }

    Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, more, body, delivery);
    }

    Reply withoutHeaders() {
        return new Reply(status, List.of(), body, delivery);
    }

    Reply bytes(byte[] other) {
        return new Reply(status, headers, other, delivery);
    }

    Reply sent(Delivery other) {
        return new Reply(status, headers, body, other);
    }

    void send(HttpExchange exchange) throws IOException {
        if (delivery == Delivery.NOTHING) {
            exchange.close();
            return;
        }
        headers.forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
        exchange.sendResponseHeaders(status, length());
        try (OutputStream out = exchange.getResponseBody()) {
            if (body.length > 0) {
                out.write(body);
            }
            if (delivery == Delivery.DRIP || delivery == Delivery.ENDLESS) {
                writeUntilClosed(out);
            }
        } finally {
            exchange.close();
        }
    }

    /** As the JDK's server wants it: -1 for no body, 0 for an unknown length. */
    private long length() {
        return switch (delivery) {
            case CUT -> body.length + PROMISED_TOO_MUCH;
            case DRIP, ENDLESS -> 0;
            case WHOLE, NOTHING -> body.length == 0 ? -1 : body.length;
        };
    }

    private void writeUntilClosed(OutputStream out) throws IOException {
        while (true) {
            out.write(delivery == Delivery.DRIP ? new byte[] {' '} : PART);
            out.flush();
            LockSupport.parkNanos(delivery == Delivery.DRIP ? TimeUnit.MILLISECONDS.toNanos(20) : 0);
        }
    }
}
