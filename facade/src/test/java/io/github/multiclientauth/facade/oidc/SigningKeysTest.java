package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SigningKeysTest {

    private final AtomicLong now = new AtomicLong(System.nanoTime());
    private final AtomicInteger reads = new AtomicInteger();
    private volatile List<String> published = List.of("old");
    private volatile boolean away;
    private volatile Runnable meanwhile = () -> {};
    private final SigningKeys keys = new SigningKeys(this::read, now::get);

    private JWKSet read() throws IOException {
        reads.incrementAndGet();
        List<String> seen = published;
        meanwhile.run();
        if (away) {
            throw new IOException("away");
        }
        return new JWKSet(seen.stream().map(SigningKeysTest::key).toList());
    }

    private static JWK key(String id) {
        return new OctetSequenceKey.Builder(new byte[32]).keyID(id).build();
    }

    private static boolean knows(JWKSource<SecurityContext> source, String id) throws KeySourceException {
        return !source.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null)
                .isEmpty();
    }

    private boolean ours(String id) throws KeySourceException {
        return knows(keys.forOurs(), id);
    }

    private boolean strangers(String id) throws KeySourceException {
        return knows(keys.forStrangers(), id);
    }

    private void later(Duration duration) {
        now.addAndGet(duration.toNanos());
    }

    @Test
    void they_are_read_once_for_all_tokens_that_are_signed_with_them() throws Exception {
        assertThat(ours("old")).isTrue();
        later(Duration.ofMinutes(4));
        assertThat(strangers("old")).isTrue();

        assertThat(reads).hasValue(1);
    }

    @Test
    void a_genuine_token_reads_new_keys_whatever_strangers_have_sent() throws Exception {
        assertThat(ours("old")).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(strangers("forged " + i)).isFalse();
        }
        published = List.of("old", "new");
        now.incrementAndGet();

        assertThat(ours("new")).isTrue();
        assertThat(strangers("new")).as("what was read counts for all").isTrue();
    }

    @Test
    void strangers_trigger_one_read_of_the_keys_a_second() throws Exception {
        assertThat(ours("old")).isTrue();
        later(Duration.ofSeconds(2));
        for (int tenth = 0; tenth < 50; tenth++) {
            assertThat(strangers("forged " + tenth)).isFalse();
            later(Duration.ofMillis(100));
        }

        assertThat(reads).hasValueBetween(2, 1 + 6);
    }

    @Test
    void a_new_key_is_known_within_a_second_to_a_stranger_too() throws Exception {
        assertThat(strangers("forged")).isFalse();
        published = List.of("new");

        assertThat(strangers("new")).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(strangers("new")).isTrue();
    }

    @Test
    void a_failed_read_does_not_block_the_next() throws Exception {
        assertThat(ours("old")).isTrue();
        away = true;
        later(Duration.ofSeconds(2));
        assertThatThrownBy(() -> ours("new"))
                .isInstanceOf(KeySourceException.class)
                .hasMessage("Keycloak's keys cannot be read: IOException: away");

        away = false;
        published = List.of("new");
        now.incrementAndGet();
        assertThat(ours("new")).isTrue();
    }

    @Test
    void unknown_keys_are_read_by_the_next_caller() throws Exception {
        away = true;
        assertThatThrownBy(() -> strangers("old")).isInstanceOf(KeySourceException.class);
        away = false;
        now.incrementAndGet();

        assertThat(strangers("old")).isTrue();
    }

    @Test
    void they_are_good_for_twelve_hours_while_keycloak_is_away() throws Exception {
        assertThat(ours("old")).isTrue();
        away = true;
        later(Duration.ofHours(11));
        assertThat(ours("old")).isTrue();
        assertThat(strangers("old")).isTrue();
        assertThat(reads).as("not for each request").hasValue(2);

        later(Duration.ofHours(1));
        assertThatThrownBy(() -> ours("old")).isInstanceOf(KeySourceException.class);
    }

    @Test
    void a_key_that_keycloak_no_longer_has_is_forgotten() throws Exception {
        assertThat(ours("old")).isTrue();
        published = List.of("new");

        later(Duration.ofMinutes(5));
        assertThat(ours("old")).isFalse();
    }

    /**
     * A caller that asks during a read may need a newer key than that read returns. One more read serves all such
     * callers.
     */
    @Test
    void waiting_callers_share_one_read() throws Exception {
        assertThat(ours("old")).isTrue();
        now.incrementAndGet();
        CountDownLatch isReading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        meanwhile = () -> {
            isReading.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(() -> quietly("new"), threads);
            isReading.await();
            published = List.of("old", "new");
            now.incrementAndGet();
            List<CompletableFuture<Boolean>> others = new ArrayList<>(IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> quietly("new"), threads))
                    .toList());
            goOn.countDown();

            assertThat(first.join()).as("read before the change").isFalse();
            assertThat(others).allSatisfy(other -> assertThat(other.join()).isTrue());
            assertThat(reads).hasValue(3);
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean quietly(String id) {
        try {
            return ours(id);
        } catch (KeySourceException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The selector that the validators use for a signature's header. */
    @Test
    void a_token_without_a_key_id_triggers_no_read() throws Exception {
        assertThat(ours("old")).isTrue();
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).build();

        assertThat(keys.forOurs().get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null))
                .hasSize(1);
        assertThat(reads).hasValue(1);
    }
}
