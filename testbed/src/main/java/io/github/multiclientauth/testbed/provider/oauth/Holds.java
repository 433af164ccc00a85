package io.github.multiclientauth.testbed.provider.oauth;

import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The delays that tests have asked for, by person and endpoint. No thread waits; a timer writes the answer. */
public final class Holds {

    /** Longer than any client waits. It ends a test that forgets to release. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Map<String, Hold> byLoginAndEndpoint = new ConcurrentHashMap<>();

    /**
     * Delays the answers of {@code endpoint} to {@code login}, each for {@code atMost} or until it is released.
     *
     * @throws IllegalArgumentException if it is more than two minutes
     */
    public Hold slow(String login, Endpoint endpoint, Duration atMost) {
        if (atMost.compareTo(LIMIT) > 0) {
            throw new IllegalArgumentException("Not longer than " + LIMIT.toSeconds() + " s");
        }
        Hold hold = new Hold(atMost);
        byLoginAndEndpoint.put(key(login, endpoint), hold);
        return hold;
    }

    void whenFree(RoutingContext request, String login, Endpoint endpoint, Runnable answer) {
        Hold hold = byLoginAndEndpoint.get(key(login, endpoint));
        if (hold == null) {
            answer.run();
            return;
        }
        Context loop = request.vertx().getOrCreateContext();
        hold.waitingRequest()
                .completeOnTimeout(null, hold.atMost().toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> loop.runOnContext(back -> answer.run()));
    }

    private static String key(String login, Endpoint endpoint) {
        return endpoint + " " + login;
    }
}
