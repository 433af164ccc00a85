package io.github.multiclientauth.facade.session;

import static io.github.multiclientauth.facade.fake.Applications.DASHBOARD;
import static io.github.multiclientauth.facade.fake.Applications.PORTFOLIO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.StepExecutor;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Refreshment;
import io.github.multiclientauth.facade.seal.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevalidationTest {

    private static final Secret TOKEN = new Secret("refresh token");
    private static final Refreshment REFRESHED = new Refreshment.Refreshed(
            FakeAuthorizationServer.tokens(PORTFOLIO, "sid", "next refresh token", Instant.EPOCH));

    private final FakeAuthorizationServer keycloak = new FakeAuthorizationServer();
    private final StepExecutor executor = new StepExecutor();
    private final Revalidation revalidation = new Revalidation(keycloak, executor);

    @Test
    void asks_keycloak_once_for_all_waiting_requests() {
        keycloak.onRefresh(() -> REFRESHED);
        List<CompletableFuture<Refreshment>> waiting =
                IntStream.range(0, 100).mapToObj(i -> refresh(PORTFOLIO, TOKEN)).toList();
        executor.runAll();

        assertThat(waiting).allSatisfy(result -> assertThat(result.join()).isSameAs(REFRESHED));
        assertThat(keycloak.refreshes()).hasSize(1);
    }

    /** The answer is held back until all have asked, so that the calls do overlap. */
    @Test
    void asks_once_for_100_threads() throws InterruptedException, ExecutionException {
        int callers = 100;
        CountDownLatch asked = new CountDownLatch(callers);
        keycloak.onRefresh(() -> {
            await(asked);
            return REFRESHED;
        });
        ExecutorService threads = Executors.newFixedThreadPool(callers + 1);
        try {
            Revalidation concurrent = new Revalidation(keycloak, threads);
            List<Future<Refreshment>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(threads.submit(() -> {
                    CompletableFuture<Refreshment> answer =
                            concurrent.ask(PORTFOLIO.application(), TOKEN).answer();
                    asked.countDown();
                    return answer.get();
                }));
            }
            Set<Refreshment> results = new HashSet<>();
            for (Future<Refreshment> answer : answers) {
                results.add(answer.get());
            }
            assertThat(results).containsExactly(REFRESHED);
            assertThat(keycloak.refreshes()).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void shares_the_result_with_a_later_request_with_the_old_token() {
        keycloak.onRefresh(() -> REFRESHED);
        refresh(PORTFOLIO, TOKEN);
        executor.runAll();

        assertThat(refresh(PORTFOLIO, TOKEN)).isCompletedWithValue(REFRESHED);
        assertThat(keycloak.refreshes()).hasSize(1);
    }

    @Test
    void says_which_request_was_first() {
        keycloak.onRefresh(() -> REFRESHED);

        assertThat(revalidation.ask(PORTFOLIO.application(), TOKEN).first()).isTrue();
        assertThat(revalidation.ask(PORTFOLIO.application(), TOKEN).first()).isFalse();
        executor.runAll();
        assertThat(revalidation.ask(PORTFOLIO.application(), TOKEN).first()).isFalse();
    }

    @Test
    void shares_the_end_of_a_session_too() {
        keycloak.onRefresh(() -> new Refreshment.SessionEnded("invalid_grant"));
        refresh(PORTFOLIO, TOKEN);
        executor.runAll();

        assertThat(refresh(PORTFOLIO, TOKEN).join()).isInstanceOf(Refreshment.SessionEnded.class);
        assertThat(keycloak.refreshes()).hasSize(1);
    }

    @Test
    void shares_nothing_between_tokens_or_applications() {
        keycloak.onRefresh(() -> REFRESHED);
        refresh(PORTFOLIO, TOKEN);
        refresh(PORTFOLIO, new Secret("another refresh token"));
        refresh(DASHBOARD, TOKEN);
        executor.runAll();

        assertThat(keycloak.refreshes())
                .extracting(FakeAuthorizationServer.Call::clientId)
                .containsExactly("portfolio", "portfolio", "dashboard");
    }

    @Test
    void asks_again_when_keycloak_could_not_be_asked() {
        keycloak.onRefresh(() -> new Refreshment.Unknown("away"));
        CompletableFuture<Refreshment> first = refresh(PORTFOLIO, TOKEN);
        executor.runAll();
        assertThat(first.join()).isInstanceOf(Refreshment.Unknown.class);

        keycloak.onRefresh(() -> REFRESHED);
        CompletableFuture<Refreshment> second = refresh(PORTFOLIO, TOKEN);
        executor.runAll();
        assertThat(second).isCompletedWithValue(REFRESHED);
    }

    /**
     * Each waiter that hears that Keycloak could not be asked forgets the result; when one of the first asks again at
     * once, the others must not forget the new question.
     */
    @Test
    void asks_one_at_a_time_also_after_keycloak_could_not_be_asked() {
        keycloak.onRefresh(() -> new Refreshment.Unknown("away"));
        List<CompletableFuture<Refreshment>> again = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            refresh(PORTFOLIO, TOKEN).thenAccept(unknown -> again.add(refresh(PORTFOLIO, TOKEN)));
        }
        int before = keycloak.refreshes().size();
        executor.runAll();

        assertThat(before).isZero();
        assertThat(again).hasSize(10);
        assertThat(keycloak.refreshes()).hasSizeLessThanOrEqualTo(3);

        keycloak.onRefresh(() -> REFRESHED);
        CompletableFuture<Refreshment> last = refresh(PORTFOLIO, TOKEN);
        executor.runAll();
        assertThat(last).isCompletedWithValue(REFRESHED);
    }

    @Test
    void keeps_no_result_of_a_bug() {
        keycloak.onRefresh(() -> {
            throw new IllegalStateException("bug");
        });
        CompletableFuture<Refreshment> first = refresh(PORTFOLIO, TOKEN);
        executor.runAll();
        assertThat(first).isCompletedExceptionally();

        keycloak.onRefresh(() -> REFRESHED);
        CompletableFuture<Refreshment> second = refresh(PORTFOLIO, TOKEN);
        executor.runAll();
        assertThat(second).isCompletedWithValue(REFRESHED);
    }

    private CompletableFuture<Refreshment> refresh(Recognized application, Secret token) {
        return revalidation.ask(application.application(), token).answer();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
