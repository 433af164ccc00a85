package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** What becomes so without telling when: the facade polls, and Keycloak sends what it has to say on its own time. */
final class Soon {

    /**
     * Far longer than anything needs, far shorter than the five minutes after which a session is confirmed anyway: a fault
     * ends the test instead of the build.
     */
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Soon() {}

    /** Looks again and again until what is seen is what was expected, and returns it. */
    static <T> T see(Callable<T> look, Predicate<T> expected) throws Exception {
        return see(LIMIT, look, expected);
    }

    /** The same for what takes longer, such as a Keycloak that starts. */
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
