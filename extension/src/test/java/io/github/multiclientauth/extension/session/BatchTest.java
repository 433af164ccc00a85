package io.github.multiclientauth.extension.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final Verdict ENDED = new Verdict.Ended("over");

    private final List<List<String>> transactions = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final Set<String> failingOnce = new HashSet<>();
    private final Set<String> failingCommits = new HashSet<>();
    private long nanos;
    private long nanosPerCheck;

    @Test
    void answers_all_elements_in_one_transaction_and_in_their_order() {
        assertThat(answer(question("a"), odd("no question"), question("b")))
                .containsExactly(ENDED, new Verdict.Unknown("no question"), ENDED);
        assertThat(transactions).containsExactly(List.of("a", "b"));
    }

    @Test
    void an_element_that_fails_spoils_no_other() {
        failing.add("b");

        List<Verdict> verdicts = answer(question("a"), question("b"), question("c"));

        assertThat(verdicts.get(0)).isEqualTo(ENDED);
        assertThat(verdicts.get(1)).isInstanceOf(Verdict.Failed.class);
        assertThat(verdicts.get(2)).isEqualTo(ENDED);
    }

    @Test
    void an_element_that_fails_is_asked_again_in_a_transaction_of_its_own() {
        failingOnce.add("b");

        assertThat(answer(question("a"), question("b"))).containsExactly(ENDED, ENDED);
        assertThat(transactions).containsExactly(List.of("a", "b"), List.of("b"));
    }

    /** An answer of a transaction that was not committed says "extended" of sessions that are not. */
    @Test
    void if_the_transaction_cannot_be_committed_each_element_gets_one_of_its_own() {
        failingCommits.add("b");

        List<Verdict> verdicts = answer(question("a"), odd("no question"), question("b"), question("c"));

        assertThat(verdicts.get(0)).isEqualTo(ENDED);
        assertThat(verdicts.get(1)).isEqualTo(new Verdict.Unknown("no question"));
        assertThat(verdicts.get(2)).isInstanceOf(Verdict.Failed.class);
        assertThat(verdicts.get(3)).isEqualTo(ENDED);
        assertThat(transactions).containsExactly(List.of("a", "b", "c"), List.of("a"), List.of("b"), List.of("c"));
    }

    @Test
    void what_is_not_checked_in_time_is_unknown() {
        nanosPerCheck = Batch.LIMIT.toNanos() / 2;

        assertThat(answer(question("a"), question("b"), question("c")))
                .containsExactly(ENDED, ENDED, new Verdict.Unknown("not checked in time"));
        assertThat(transactions).containsExactly(List.of("a", "b"));
    }

    @Test
    void a_failure_is_not_repeated_after_the_time_limit() {
        nanosPerCheck = Batch.LIMIT.toNanos();
        failing.add("a");

        assertThat(answer(question("a"))).containsExactly(new Verdict.Unknown("not checked in time"));
        assertThat(transactions).containsExactly(List.of("a"));
    }

    private List<Verdict> answer(Element... elements) {
        return new Batch(this::run, () -> nanos).answer(List.of(elements));
    }

    private void run(Consumer<Function<Question, Verdict>> task) {
        List<String> asked = new ArrayList<>();
        transactions.add(asked);
        task.accept(question -> {
            asked.add(question.sid());
            nanos += nanosPerCheck;
            if (failing.contains(question.sid()) || failingOnce.remove(question.sid())) {
                throw new IllegalStateException(question.sid());
            }
            return ENDED;
        });
        if (asked.stream().anyMatch(failingCommits::contains)) {
            throw new IllegalStateException("commit");
        }
    }

    private static Element question(String sid) {
        return new Element(Optional.of(new Question("shop", sid, 1, true)), "");
    }

    private static Element odd(String fault) {
        return new Element(Optional.empty(), fault);
    }
}
