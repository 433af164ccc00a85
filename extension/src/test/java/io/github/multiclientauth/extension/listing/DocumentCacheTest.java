package io.github.multiclientauth.extension.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.extension.listing.DocumentCache.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DocumentCacheTest {

    private static final Key REALM = new Key("realm", "https://keycloak.example/");
    private static final Key OTHER = new Key("other", "https://keycloak.example/");

    private final AdjustableClock clock = new AdjustableClock();
    private final DocumentCache cache = new DocumentCache(clock);
    private final AtomicInteger builds = new AtomicInteger();

    @Test
    void builds_once() {
        Document first = get(REALM);
        clock.pass(DocumentCache.MINIMAL_LIFE.minusMillis(1));

        assertThat(get(REALM)).isSameAs(first);
    }

    @Test
    void builds_anew_after_a_change_in_that_realm() {
        Document first = get(REALM);
        Document other = get(OTHER);

        cache.changed("realm");

        assertThat(get(REALM)).isNotSameAs(first);
        assertThat(get(OTHER)).isSameAs(other);
    }

    @Test
    void builds_anew_after_a_change_somewhere() {
        Document first = get(REALM);

        cache.changed();

        assertThat(get(REALM)).isNotSameAs(first);
    }

    @Test
    void builds_anew_after_a_while() {
        Document first = get(REALM);

        clock.pass(DocumentCache.MINIMAL_LIFE);

        assertThat(get(REALM)).isNotSameAs(first);
    }

    /** So that a large realm is not read all the time. */
    @Test
    void builds_less_often_what_takes_long() {
        Document first = cache.get(REALM, () -> {
                    clock.pass(Duration.ofSeconds(2));
                    return document();
                })
                .orElseThrow();

        clock.pass(Duration.ofSeconds(2 * DocumentCache.BUILDING_SHARE).minusMillis(1));
        assertThat(get(REALM)).isSameAs(first);

        clock.pass(Duration.ofMillis(1));
        assertThat(get(REALM)).isNotSameAs(first);
    }

    /** A directory that was read during a change may contain the old state, the new one or both. */
    @Test
    void trusts_nothing_that_was_read_during_a_change() {
        Document first = cache.get(REALM, () -> {
                    Document before = document();
                    cache.changed("realm");
                    return before;
                })
                .orElseThrow();

        assertThat(get(REALM)).isNotSameAs(first);
        assertThat(builds).hasValue(2);
    }

    @Test
    void keeps_one_directory_for_each_address() {
        Document first = get(REALM);

        assertThat(get(new Key("realm", "https://other.example/"))).isNotSameAs(first);
        assertThat(get(REALM)).isSameAs(first);
    }

    @Test
    void tries_again_after_a_failure() {
        assertThatThrownBy(() -> cache.get(REALM, () -> {
                    throw new IllegalStateException("no database");
                }))
                .hasMessage("no database");

        assertThat(get(REALM)).isNotNull();
    }

    @Test
    void builds_once_for_all_who_ask_at_the_same_time() throws Exception {
        int pollers = 8;
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(pollers - 1);
        ExecutorService threads = Executors.newFixedThreadPool(pollers);
        try {
            List<Future<Document>> answers = new ArrayList<>();
            answers.add(threads.submit(() -> cache.get(REALM, () -> {
                        building.countDown();
                        await(waiting);
                        return document();
                    })
                    .orElseThrow()));
            await(building);
            Callable<Document> poll = () -> {
                waiting.countDown();
                return get(REALM);
            };
            for (int i = 1; i < pollers; i++) {
                answers.add(threads.submit(poll));
            }
            for (Future<Document> answer : answers) {
                assertThat(answer.get()).isSameAs(answers.get(0).get());
            }
            assertThat(builds).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void waits_only_briefly_for_another_request_that_is_building() throws Exception {
        DocumentCache impatient = new DocumentCache(clock, Duration.ofMillis(1));
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<Document>> first = thread.submit(() -> impatient.get(REALM, () -> {
                building.countDown();
                await(asked);
                return document();
            }));
            await(building);

            assertThat(impatient.get(REALM, this::document)).isEmpty();
            assertThat(impatient.get(OTHER, this::document)).isPresent();
            builds.set(0);
            asked.countDown();

            assertThat(first.get()).isPresent();
            assertThat(impatient.get(REALM, this::document)).isEqualTo(first.get());
            assertThat(builds).hasValue(1);
        } finally {
            thread.shutdownNow();
        }
    }

    /** The server is stopping, say. */
    @Test
    void does_not_wait_in_a_thread_that_is_to_end() throws Exception {
        CountDownLatch building = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<Document>> first = thread.submit(() -> cache.get(REALM, () -> {
                building.countDown();
                await(asked);
                return document();
            }));
            await(building);

            Thread.currentThread().interrupt();
            Optional<Document> answer = cache.get(REALM, this::document);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(answer).isEmpty();
            asked.countDown();
            assertThat(first.get()).isPresent();
        } finally {
            thread.shutdownNow();
        }
    }

    private Document get(Key key) {
        return cache.get(key, this::document).orElseThrow();
    }

    private Document document() {
        return Document.of("{\"build\":" + builds.incrementAndGet() + "}");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static final class AdjustableClock extends Clock {

        private Instant now = Instant.EPOCH;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
