package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.trace.TracedWork;
import io.github.multiclientauth.facade.wire.Parameters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The parameters of a POST: form or JSON. Auth.js ignores bodies of other types. */
final class Body {

    /** In bytes. Forms of the contract are far smaller. */
    private static final int MAX_BYTES = 32 * 1024;

    private Body() {}

    /** How reading ended. */
    sealed interface Content {
        record Read(Parameters parameters) implements Content {}

        /** No form or JSON object, or a parameter twice. */
        record Malformed() implements Content {}

        /** The connection cannot be used further. */
        record TooLarge() implements Content {}
    }

    /**
     * Must be called in the handler of the request, before anything asynchronous: Vert.x drops what nobody takes.
     *
     * @param handler gets it, as part of what this thread works on now
     */
    static void read(HttpServerRequest request, Consumer<Content> handler) {
        read(request).onSuccess(TracedWork.carried(handler)::accept);
    }

    private static Future<Content> read(HttpServerRequest request) {
        Promise<Content> promise = Promise.promise();
        Buffer bytes = Buffer.buffer();
        request.handler(chunk -> {
            if (bytes.length() + chunk.length() > MAX_BYTES) {
                promise.tryComplete(new Content.TooLarge());
            } else {
                bytes.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(broken -> promise.tryComplete(new Content.Malformed()));
        request.endHandler(end -> promise.tryComplete(parse(mediaType(request), bytes)));
        return promise.future();
    }

    private static Content parse(String mediaType, Buffer bytes) {
        boolean json = mediaType.equals("application/json");
        if (bytes.length() == 0 || !json && !mediaType.equals("application/x-www-form-urlencoded")) {
            return new Content.Read(Parameters.NONE);
        }
        return text(bytes)
                .flatMap(json ? Parameters::ofJson : Parameters::ofForm)
                .<Content>map(Content.Read::new)
                .orElseGet(Content.Malformed::new);
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

    private static String mediaType(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
