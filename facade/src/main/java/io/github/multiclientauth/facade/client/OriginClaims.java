package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Remembers which client had an origin, or a pattern of preview origins, first while this facade runs. That client
 * keeps it until it removes it, even if another client enters it too.
 *
 * <p>Keycloak does not record when an origin was entered. If several clients have it at the first look, none was first.
 * The age of a client says nothing about that, since any client can enter an origin at any time.
 */
public final class OriginClaims {

    /** The claims before the first look. */
    public static final OriginClaims NONE = new OriginClaims(0, Map.of(), Map.of(), List.of());

    /**
     * A listed client, even if it cannot be served. It keeps its origins all the same.
     *
     * @param previews the patterns of its preview origins
     */
    public record Claimant(ClientId clientId, boolean enabled, Set<Origin> origins, Set<OriginPattern> previews) {

        public Claimant {
            origins = Set.copyOf(origins);
            previews = Set.copyOf(previews);
        }

        private Stream<Record> places() {
            return Stream.concat(origins.stream(), previews.stream());
        }
    }

    /**
     * An origin or a pattern that several clients claim.
     *
     * @param place the origin or pattern, as an administrator would enter it
     * @param holder the client that had it first. Empty if that is unknown: then no client is recognised there
     * @param refused the enabled clients that are not recognised there, ordered by id
     */
    public record Contest(String place, Optional<ClientId> holder, List<ClientId> refused) {}

    /** @param place an origin or a pattern */
    private record Claim(ClientId clientId, Record place) {}

    private final long looks;
    private final Map<Claim, Long> since;
    private final Map<Record, Optional<ClientId>> holders;
    private final List<Contest> contests;

    private OriginClaims(
            long looks, Map<Claim, Long> since, Map<Record, Optional<ClientId>> holders, List<Contest> contests) {
        this.looks = looks;
        this.since = since;
        this.holders = holders;
        this.contests = contests;
    }

    /**
     * The claims after another look at the directory.
     *
     * @param claimants all listed clients, each once
     */
    public OriginClaims next(Collection<Claimant> claimants) {
        long now = looks + 1;
        Map<Claim, Long> times = new HashMap<>();
        Map<Record, List<Claimant>> places = new HashMap<>();
        for (Claimant claimant : claimants) {
            claimant.places().forEach(place -> {
                Claim claim = new Claim(claimant.clientId(), place);
                times.put(claim, since.getOrDefault(claim, now));
                places.computeIfAbsent(place, any -> new ArrayList<>(1)).add(claimant);
            });
        }
        Map<Record, Optional<ClientId>> decided = new HashMap<>();
        List<Contest> contested = new ArrayList<>();
        places.forEach((place, those) -> {
            Optional<ClientId> holder = holder(place, those, times);
            decided.put(place, holder);
            contest(place, those, holder).ifPresent(contested::add);
        });
        contested.sort(Comparator.comparing(Contest::place));
        return new OriginClaims(now, times, decided, contested);
    }

    /** The only enabled client among those that were first. From then on it counts as the first. */
    private static Optional<ClientId> holder(Record place, List<Claimant> those, Map<Claim, Long> times) {
        if (those.size() == 1) {
            return Optional.of(those.get(0).clientId());
        }
        long first = those.stream()
                .mapToLong(each -> times.get(new Claim(each.clientId(), place)))
                .min()
                .orElseThrow();
        List<Claimant> candidates = those.stream()
                .filter(each -> times.get(new Claim(each.clientId(), place)) == first)
                .toList();
        if (candidates.size() == 1) {
            return Optional.of(candidates.get(0).clientId());
        }
        List<Claimant> enabled = candidates.stream().filter(Claimant::enabled).toList();
        if (enabled.size() != 1) {
            return Optional.empty();
        }
        candidates.stream()
                .filter(each -> !each.enabled())
                .forEach(each -> times.put(new Claim(each.clientId(), place), first + 1));
        return Optional.of(enabled.get(0).clientId());
    }

    /** Returns no contest for disabled clients that do not hold the place. */
    private static Optional<Contest> contest(Record place, List<Claimant> those, Optional<ClientId> holder) {
        List<ClientId> refused = those.stream()
                .filter(Claimant::enabled)
                .map(Claimant::clientId)
                .filter(clientId -> !holder.equals(Optional.of(clientId)))
                .sorted(Comparator.comparing(ClientId::value))
                .toList();
        return those.size() == 1 || refused.isEmpty()
                ? Optional.empty()
                : Optional.of(new Contest(place.toString(), holder, refused));
    }

    /** The places that several clients claim, in order. Disabled clients that hold nothing do not count. */
    public List<Contest> contests() {
        return List.copyOf(contests);
    }

    /** The origins that are claimed and held by no client. */
    Set<Origin> nobodys() {
        Set<Origin> origins = new LinkedHashSet<>();
        holders.forEach((place, holder) -> {
            if (place instanceof Origin origin && holder.isEmpty()) {
                origins.add(origin);
            }
        });
        return origins;
    }

    boolean holds(ClientId clientId, Origin origin) {
        return holders.getOrDefault(origin, Optional.empty()).equals(Optional.of(clientId));
    }

    /** The time of a claim: the smaller, the earlier. */
    long since(ClientId clientId, OriginPattern pattern) {
        return since.getOrDefault(new Claim(clientId, pattern), Long.MAX_VALUE);
    }
}
