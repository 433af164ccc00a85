package io.github.multiclientauth.facade.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.FakeAuthorizationServer;
import io.github.multiclientauth.facade.fake.StepExecutor;
import io.github.multiclientauth.facade.oidc.SessionKeeper;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Question;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfirmationsTest {

    private static final ClientId PORTFOLIO = new ClientId("portfolio");
    private static final Instant THEN = Instant.parse("2026-11-30T08:00:00Z");

    private final StepExecutor executor = new StepExecutor();
    private final List<List<Question>> requests = new CopyOnWriteArrayList<>();
    private volatile Function<Question, Verdict> answer = ConfirmationsTest::alive;
    private final Confirmations confirmations = new Confirmations(keeper(), executor, () -> {}, Duration.ofMinutes(5));

    private SessionKeeper keeper() {
        return new SessionKeeper() {
            @Override
            public List<Verdict> ask(List<Question> questions) {
                requests.add(questions);
                return questions.stream().map(answer).toList();
            }

            @Override
            public Ending end(ClientId client, String sid) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static Verdict alive(Question question) {
        return new Verdict.Alive(
                FakeAuthorizationServer.identity(Applications.PORTFOLIO, question.sid()), THEN, Optional.empty());
    }

    private static Question about(String sid) {
        return new Question(PORTFOLIO, sid, THEN, true);
    }

    @Test
    void put_what_is_asked_at_about_the_same_time_into_one_request() {
        List<CompletableFuture<Verdict>> answers = IntStream.range(0, 20)
                .mapToObj(i -> confirmations.ask(about("sid " + i)).answer())
                .toList();
        executor.runAll();

        assertThat(requests).hasSize(1);
        for (int i = 0; i < 20; i++) {
            assertThat(answers.get(i)).isCompletedWithValue(alive(about("sid " + i)));
        }
    }

    @Test
    void put_no_more_than_a_hundred_into_one_request() {
        IntStream.range(0, 250).forEach(i -> confirmations.ask(about("sid " + i)));
        executor.runAll();

        assertThat(requests).extracting(List::size).containsExactly(100, 100, 50);
    }

    @Test
    void ask_about_a_session_once_at_a_time() {
        Confirmations.Asked first = confirmations.ask(about("sid"));
        Confirmations.Asked second = confirmations.ask(about("sid"));
        Confirmations.Asked ofAnother = confirmations.ask(new Question(new ClientId("dashboard"), "sid", THEN, true));
        executor.runAll();

        assertThat(requests).singleElement(list(Question.class)).hasSize(2);
        assertThat(first.first()).isTrue();
        assertThat(second.first()).isFalse();
        assertThat(ofAnother.first()).isTrue();
        assertThat(second.answer()).isCompletedWithValue(alive(about("sid")));

        confirmations.ask(about("sid"));
        executor.runAll();
        assertThat(requests).as("again after the answer").hasSize(2);
    }

    @Test
    void ask_about_a_new_session_even_while_somebody_asks_about_its_id() {
        confirmations.ask(about("sid"));
        CompletableFuture<Verdict> anew = confirmations.askAnew(about("sid"));
        executor.runAll();

        assertThat(requests).singleElement(list(Question.class)).hasSize(2);
        assertThat(anew).isCompletedWithValue(alive(about("sid")));
    }

    @Test
    void remember_only_sessions_that_are_alive() {
        confirmations.ask(about("sid"));
        executor.runAll();
        assertThat(confirmations.remembered(PORTFOLIO, "sid", THEN)).isPresent();
        assertThat(confirmations.remembered(new ClientId("dashboard"), "sid", THEN))
                .isEmpty();

        answer = question -> new Verdict.Unknown("away");
        confirmations.ask(about("sid"));
        executor.runAll();
        assertThat(confirmations.remembered(PORTFOLIO, "sid", THEN))
                .as("as before")
                .isPresent();

        answer = question -> new Verdict.Ended("User disabled");
        confirmations.ask(about("sid"));
        executor.runAll();
        assertThat(confirmations.remembered(PORTFOLIO, "sid", THEN)).isEmpty();
    }

    /** A preview's server can make cookies of the application's sessions, with any time. */
    @Test
    void share_no_answer_to_a_question_that_knew_less() {
        Instant earlier = THEN.minusSeconds(60);
        answer = question -> question.confirmedAt().equals(THEN) ? alive(question) : new Verdict.Ended("too old");
        Confirmations.Asked forged = confirmations.ask(new Question(PORTFOLIO, "sid", earlier, true));
        Confirmations.Asked own = confirmations.ask(about("sid"));
        executor.runAll();

        assertThat(forged.answer()).isCompletedWithValue(new Verdict.Ended("too old"));
        assertThat(own.answer()).isCompletedWithValue(alive(about("sid")));
        assertThat(confirmations.remembered(PORTFOLIO, "sid", THEN)).isPresent();
        assertThat(confirmations.remembered(PORTFOLIO, "sid", earlier)).isEmpty();
    }

    @Test
    void say_that_they_do_not_know_when_no_thread_is_free() {
        executor.refuse();
        assertThat(confirmations.ask(about("sid")).answer()).isCompletedWithValue(new Verdict.Unknown("full"));

        executor.takeAgain();
        CompletableFuture<Verdict> later = confirmations.ask(about("sid")).answer();
        executor.runAll();
        assertThat(later).isCompletedWithValue(alive(about("sid")));
    }

    @Test
    void do_not_let_more_wait_than_can_be_asked_about() {
        IntStream.range(0, Confirmations.MAX_WAITING_OF_ONE_CLIENT).forEach(i -> confirmations.ask(about("sid " + i)));

        assertThat(confirmations.ask(about("one more")).answer())
                .isCompletedWithValue(new Verdict.Unknown("too many sessions wait to be confirmed"));
        CompletableFuture<Verdict> ofAnother = confirmations
                .ask(new Question(new ClientId("dashboard"), "sid", THEN, true))
                .answer();
        executor.runAll();
        assertThat(ofAnother).isCompleted();
        assertThat(requests).hasSize(Confirmations.MAX_WAITING_OF_ONE_CLIENT / Confirmations.MAX_TOGETHER + 1);

        CompletableFuture<Verdict> later = confirmations.ask(about("one more")).answer();
        executor.runAll();
        assertThat(later).isCompletedWithValue(alive(about("one more")));
    }

    /** A stranger's session is in another request, which another thread sends. */
    @Test
    void do_not_wait_for_a_request_that_takes_long() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        answer = question -> {
            calls.incrementAndGet();
            if (question.sid().equals("slow")) {
                asked.countDown();
                awaitQuietly(stuck);
            }
            return alive(question);
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Confirmations real = new Confirmations(keeper(), threads, () -> {}, Duration.ofMinutes(5));
            CompletableFuture<Verdict> slow = real.ask(about("slow")).answer();
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(real.ask(about("quick")).answer().get(30, TimeUnit.SECONDS))
                    .isEqualTo(alive(about("quick")));
            assertThat(slow).isNotDone();
        } finally {
            stuck.countDown();
            threads.shutdown();
        }
    }

    /** Each question is answered exactly once, whatever the threads do. */
    @Test
    void answer_every_question_when_many_threads_ask() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        ExecutorService askers = Executors.newFixedThreadPool(8);
        try {
            Confirmations real = new Confirmations(
                    new SessionKeeper() {
                        @Override
                        public List<Verdict> ask(List<Question> questions) {
                            return questions.stream()
                                    .map(ConfirmationsTest::alive)
                                    .toList();
                        }

                        @Override
                        public Ending end(ClientId client, String sid) {
                            throw new UnsupportedOperationException();
                        }
                    },
                    threads,
                    Confirmations.Gathering.A_MOMENT,
                    Duration.ofMinutes(5));
            List<CompletableFuture<CompletableFuture<Verdict>>> all = IntStream.range(0, 5_000)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> real.ask(about("sid " + i % 1_000)).answer(), askers))
                    .toList();

            for (CompletableFuture<CompletableFuture<Verdict>> one : all) {
                assertThat(one.get(30, TimeUnit.SECONDS).get(30, TimeUnit.SECONDS))
                        .isInstanceOf(Verdict.Alive.class);
            }
        } finally {
            askers.shutdown();
            threads.shutdown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
