package io.github.multiclientauth.facade.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Counters for one kind of event: one counter for each outcome and each application, or application and provider.
 *
 * <p>All outcomes of an application are there, at zero, as soon as one of them is: a rate needs a value before the
 * first event. To count takes a hash look-up and an addition.
 *
 * @param <K> what events are counted by
 */
final class OutcomeCounters<K, O extends Enum<O>> {

    /** Keys beyond this number share one. A monitoring system pays for each series. */
    static final int MAX_KEYS = 1000;

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final O[] outcomes;
    private final Function<K, Tags> tags;
    private final K overflow;
    private final ConcurrentMap<K, Counter[]> counters = new ConcurrentHashMap<>();

    private OutcomeCounters(
            MeterRegistry registry,
            String name,
            String description,
            Class<O> outcomes,
            Function<K, Tags> tags,
            K overflow) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.outcomes = outcomes.getEnumConstants();
        this.tags = tags;
        this.overflow = overflow;
    }

    static <O extends Enum<O>> OutcomeCounters<String, O> byClient(
            MeterRegistry registry, String name, String description, Class<O> outcomes) {
        return new OutcomeCounters<>(
                registry, name, description, outcomes, client -> Tags.of("client", client), Labels.OTHER);
    }

    static <O extends Enum<O>> OutcomeCounters<Labels, O> byProvider(
            MeterRegistry registry, String name, String description, Class<O> outcomes) {
        return new OutcomeCounters<>(
                registry,
                name,
                description,
                outcomes,
                labels -> Tags.of("client", labels.client(), "provider", labels.provider()),
                Labels.OVERFLOW);
    }

    void count(K key, O outcome) {
        Counter[] found = counters.get(key);
        (found == null ? add(key) : found)[outcome.ordinal()].increment();
    }

    /** One at a time, so that the limit holds. */
    private synchronized Counter[] add(K key) {
        boolean full = counters.size() >= MAX_KEYS && !counters.containsKey(key);
        return counters.computeIfAbsent(full ? overflow : key, this::register);
    }

    private Counter[] register(K key) {
        return Arrays.stream(outcomes)
                .map(outcome -> Counter.builder(name)
                        .description(description)
                        .tags(tags.apply(key)
                                .and(Tag.of("outcome", outcome.name().toLowerCase(Locale.ROOT))))
                        .register(registry))
                .toArray(Counter[]::new);
    }
}
