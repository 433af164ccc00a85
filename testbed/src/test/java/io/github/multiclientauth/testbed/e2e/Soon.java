package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for results that come some time later: the facade polls, and Keycloak notifies later. */
final class Soon {

    /**
     * Much longer than any result takes, and much shorter than the five minutes after which a session is confirmed anyway. An error then ends
     * the test instead of hanging the build.
     */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Soon() {}

    /** Repeats a look until its result is the expected one, and returns it. */
    static <T> T see(Callable<T> look, Predicate<T> expected) throws Exception {
        return see(LIMIT, look, expected);
    }

    /** Waits up to {@code limit}, such as for the start of a Keycloak. */
    static <T> T see(Duration limit, Callable<T> look, Predicate<T> expected) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        T seen = look.call();
        while (!expected.test(seen) && System.nanoTime() < end) {
            Thread.sleep(PAUSE.toMillis());
            seen = look.call();
        }
        assertThat(seen).matches(expected, "what was expected within " + limit.toSeconds() + " s");
        return seen;
    }
}
