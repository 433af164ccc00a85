package io.github.multiclientauth.facade.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counters of one kind of event, one for each of its outcomes, by client and where it matters by provider.
 *
 * <p>All outcomes of a client are there, at zero, as soon as there is one: a rate needs a value before the first event.
 * To count takes a hash look-up and an addition.
 */
final class OutcomeCounters<O extends Enum<O>> {

    /** Of clients, or of clients with their providers; those beyond share one. A monitoring system pays for each series. */
    static final int MAX_LABELS = 1000;

    private final MeterRegistry registry;
    private final String name;
    private final String description;
    private final O[] outcomes;
    private final ConcurrentMap<Labels, Counter[]> counters = new ConcurrentHashMap<>();

    OutcomeCounters(MeterRegistry registry, String name, String description, Class<O> outcomes) {
        this.registry = registry;
        this.name = name;
        this.description = description;
        this.outcomes = outcomes.getEnumConstants();
    }

    void count(Labels labels, O outcome) {
        Counter[] found = counters.get(labels);
        (found == null ? add(labels) : found)[outcome.ordinal()].increment();
    }

    /** One at a time, so that the limit is one. */
    private synchronized Counter[] add(Labels labels) {
        boolean full = counters.size() >= MAX_LABELS && !counters.containsKey(labels);
        return counters.computeIfAbsent(full ? labels.anybody() : labels, this::register);
    }

    private Counter[] register(Labels labels) {
        Tags tags = Tags.of("client", labels.client());
        Tags all = labels.hasProvider() ? tags.and("provider", labels.provider()) : tags;
        return Arrays.stream(outcomes)
                .map(outcome -> Counter.builder(name)
                        .description(description)
                        .tags(all.and(Tag.of("outcome", outcome.name().toLowerCase(Locale.ROOT))))
                        .register(registry))
                .toArray(Counter[]::new);
    }
}
