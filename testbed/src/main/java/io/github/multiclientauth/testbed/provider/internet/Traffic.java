package io.github.multiclientauth.testbed.provider.internet;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** A record of the complete requests to the real host names, while a test asks for it. Otherwise nothing is kept. */
public final class Traffic {

    private final Set<Recording> recordings = new CopyOnWriteArraySet<>();

    Traffic() {}

    /**
     * One request. It contains codes, tokens and secrets as they were sent.
     *
     * @param parameters the parameters of query and form
     * @param headers the headers by name in lower case
     */
    public record Message(
            String method, String host, String path, Map<String, String> parameters, Map<String, String> headers) {

        /** Keeps codes, tokens and secrets out of messages. */
        @Override
        public String toString() {
            return method + " " + host + path;
        }
    }

    /** A record of all requests until it is closed, in order. */
    public final class Recording implements AutoCloseable {

        private final List<Message> messages = new ArrayList<>();

        private synchronized void add(Message message) {
            messages.add(message);
        }

        public synchronized List<Message> messages() {
            return List.copyOf(messages);
        }

        @Override
        public void close() {
            recordings.remove(this);
        }
    }

    public Recording record() {
        Recording recording = new Recording();
        recordings.add(recording);
        return recording;
    }

    /** Records the request before it is answered, so that the record is complete when the answer arrives. The form has been read by then. */
    void note(RoutingContext context) {
        if (!recordings.isEmpty()) {
            context.addHeadersEndHandler(answering -> {
                Message message = message(context.request());
                recordings.forEach(recording -> recording.add(message));
            });
        }
        context.next();
    }

    private static Message message(HttpServerRequest request) {
        Map<String, String> parameters = new TreeMap<>(flat(request.params()));
        parameters.putAll(flat(request.formAttributes()));
        Map<String, String> headers = new TreeMap<>();
        flat(request.headers()).forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new Message(request.method().name(), request.authority().host(), request.path(), parameters, headers);
    }

    /** Keeps values that were sent twice. */
    private static Map<String, String> flat(MultiMap values) {
        Map<String, String> flat = new TreeMap<>();
        values.forEach((name, value) -> flat.merge(name, value, (one, two) -> one + " and " + two));
        return flat;
    }
}
