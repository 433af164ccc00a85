package io.github.multiclientauth.extension.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The elements of one request. They are answered in one transaction, which is what makes many of them cheap. What fails
 * there is asked again in a transaction of its own, so that it spoils nothing else.
 */
final class Batch {

    /**
     * How long the elements of a request may take together. One that is begun in time is finished. Shorter than a facade
     * waits for the answer, so that a slow element does not cost the others theirs.
     */
    static final Duration LIMIT = Duration.ofSeconds(4);

    private static final Verdict LATE = new Verdict.Unknown("not checked in time");

    /** Runs a task in a transaction of its own, and throws what the task throws, or what the commit throws. */
    interface Transactions {
        void run(Consumer<Function<Question, Verdict>> task);
    }

    private final Transactions transactions;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that only runs forward, as {@link System#nanoTime} */
    Batch(Transactions transactions, LongSupplier nanoTime) {
        this.transactions = transactions;
        this.nanoTime = nanoTime;
    }

    /** Returns a verdict for each element, in their order. */
    List<Verdict> answer(List<Element> elements) {
        long end = nanoTime.getAsLong() + LIMIT.toNanos();
        List<Verdict> verdicts = together(elements, end);
        for (int i = 0; i < verdicts.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Failed) {
                verdicts.set(i, isOver(end) ? LATE : alone(elements.get(i)));
            }
        }
        return List.copyOf(verdicts);
    }

    private List<Verdict> together(List<Element> elements, long end) {
        List<Verdict> verdicts = new ArrayList<>(elements.size());
        try {
            transactions.run(checks -> elements.forEach(element ->
                    verdicts.add(isOver(end) ? LATE : verdict(element, question -> caught(checks, question)))));
            return verdicts;
        } catch (RuntimeException failed) {
            // Nothing of it is true: what was extended is not.
            return new ArrayList<>(elements.stream()
                    .map(element -> verdict(element, question -> new Verdict.Failed(failed)))
                    .toList());
        }
    }

    private Verdict alone(Element element) {
        List<Verdict> verdicts = new ArrayList<>(1);
        try {
            transactions.run(checks -> verdicts.add(verdict(element, checks)));
            return verdicts.get(0);
        } catch (RuntimeException failed) {
            return new Verdict.Failed(failed);
        }
    }

    private boolean isOver(long end) {
        return nanoTime.getAsLong() - end >= 0;
    }

    private static Verdict verdict(Element element, Function<Question, Verdict> check) {
        return element.question().map(check).orElseGet(() -> new Verdict.Unknown(element.fault()));
    }

    private static Verdict caught(Function<Question, Verdict> check, Question question) {
        try {
            return check.apply(question);
        } catch (RuntimeException failed) {
            return new Verdict.Failed(failed);
        }
    }
}
