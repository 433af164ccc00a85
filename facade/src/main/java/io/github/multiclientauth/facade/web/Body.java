package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.trace.TracedWork;
import io.github.multiclientauth.facade.wire.Parameters;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the parameters of a POST: form or JSON. Bodies of other types are ignored, as in Auth.js. */
final class Body {

    /** In bytes. Forms of the contract are far smaller. */
    private static final int MAX_BYTES = 32 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";

    /** In bytes, roughly: the memory of a request beside its headers and its body. */
    private static final int OVERHEAD = 4 * 1024;

    /** The answer is complete although the request is not (RFC 9113, section 8.1). */
    private static final long NO_ERROR = 0;

    private Body() {}

    /** What to do with a body: one method for each way in which reading it ends. */
    interface Handler {

        void read(Parameters parameters);

        /** The body is no form or JSON object, or has a parameter twice. */
        void malformed();

        /** The connection cannot be used further. */
        void tooLarge();

        /** The body did not arrive in time. */
        void tooSlow();

        /** Bodies that are still arriving hold all the memory that they may. */
        void noRoom();
    }

    /**
     * Reads the body. Must be called in the handler of the request, before anything asynchronous: otherwise Vert.x drops it.
     *
     * @param unfinished limits how long it may take, and what it may hold
     * @param handler is called as part of what this thread works on now
     */
    static void read(HttpServerRequest request, Unfinished unfinished, Handler handler) {
        Consumer<Consumer<Handler>> ended = TracedWork.carried(end -> end.accept(handler));
        read(request, unfinished).onSuccess(ended::accept);
    }

    private static Future<Consumer<Handler>> read(HttpServerRequest request, Unfinished unfinished) {
        Promise<Consumer<Handler>> promise = Promise.promise();
        Buffer bytes = Buffer.buffer();
        Context context = Vertx.currentContext();
        Unfinished.Arrival arrival = unfinished.begin(
                OVERHEAD + headBytes(request),
                (ended, why) -> context.runOnContext(nothing ->
                        promise.tryComplete(why == Unfinished.End.TIME ? Handler::tooSlow : Handler::noRoom)));
        promise.future().onComplete(read -> arrival.end());
        request.handler(chunk -> {
            if (bytes.length() + chunk.length() > MAX_BYTES) {
                promise.tryComplete(Handler::tooLarge);
            } else if (!promise.future().isComplete()) {
                bytes.appendBuffer(chunk);
                arrival.grow(chunk.length());
            }
        });
        request.exceptionHandler(broken -> promise.tryComplete(Handler::malformed));
        request.endHandler(end -> promise.tryComplete(parse(mediaType(request), bytes)));
        return promise.future();
    }

    /** Stops receiving a body after the answer. For HTTP/1.1 the {@link RequestGate} closes the connection. */
    static void abandon(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(NO_ERROR);
        }
    }

    private static int headBytes(HttpServerRequest request) {
        int bytes = request.uri().length();
        for (Map.Entry<String, String> header : request.headers()) {
            bytes += header.getKey().length() + header.getValue().length();
        }
        return bytes;
    }

    private static Consumer<Handler> parse(String mediaType, Buffer bytes) {
        boolean json = mediaType.equals("application/json");
        if (bytes.length() == 0 || !json && !mediaType.equals(FORM)) {
            return handler -> handler.read(Parameters.NONE);
        }
        Optional<Parameters> parameters = text(bytes).flatMap(json ? Parameters::ofJson : Parameters::ofForm);
        return handler -> parameters.ifPresentOrElse(handler::read, handler::malformed);
    }

    private static Optional<String> text(Buffer bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static boolean isForm(HttpServerRequest request) {
        return mediaType(request).equals(FORM);
    }

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
