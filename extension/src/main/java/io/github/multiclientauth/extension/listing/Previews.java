package io.github.multiclientauth.extension.listing;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The usable part of {@link PreviewEntries}. People who sign in at a preview come back to the callback origin first. So
 * Keycloak must send codes to that origin already: previews allow nothing that Keycloak itself would refuse.
 *
 * @param patterns in their canonical form, sorted; empty if the client has no previews
 * @param callbackOrigin empty exactly if there are no patterns
 * @param ignored entries that are no patterns, sorted
 * @param problem why there are no previews at all although something was entered; empty otherwise
 */
public record Previews(
        List<String> patterns, Optional<String> callbackOrigin, List<String> ignored, Optional<String> problem) {

    public Previews {
        patterns = List.copyOf(patterns);
        ignored = List.copyOf(ignored);
    }

    /**
     * @param webOrigins of the client, as Keycloak resolves them
     * @param redirectUris of the client, absolute
     */
    public static Previews of(PreviewEntries entries, Collection<String> webOrigins, Collection<String> redirectUris) {
        Set<String> patterns = new TreeSet<>();
        Set<String> ignored = new TreeSet<>();
        for (String entry : entries.patterns()) {
            OriginPattern.parse(entry)
                    .ifPresentOrElse(pattern -> patterns.add(pattern.toString()), () -> ignored.add(entry));
        }
        if (entries.isEmpty()) {
            return new Previews(List.of(), Optional.empty(), List.of(), Optional.empty());
        }
        Optional<Origin> callbackOrigin = only(entries.callbackOrigins()).flatMap(Origin::parse);
        Optional<String> problem = problem(patterns, callbackOrigin, webOrigins, redirectUris);
        return problem.isPresent()
                ? new Previews(List.of(), Optional.empty(), List.copyOf(ignored), problem)
                : new Previews(
                        List.copyOf(patterns), callbackOrigin.map(Origin::toString), List.copyOf(ignored), problem);
    }

    private static Optional<String> problem(
            Set<String> patterns,
            Optional<Origin> callbackOrigin,
            Collection<String> webOrigins,
            Collection<String> redirectUris) {
        if (patterns.isEmpty()) {
            return Optional.of("there is no usable pattern");
        }
        if (callbackOrigin.isEmpty()) {
            return Optional.of("there is no callback origin, or more than one, or it is no origin");
        }
        if (!has(callbackOrigin.get(), webOrigins, Origin::parse)) {
            return Optional.of("the callback origin is not among the client's Web origins");
        }
        if (!has(callbackOrigin.get(), redirectUris, Origin::ofUrl)) {
            return Optional.of("none of the client's Valid redirect URIs is at the callback origin");
        }
        return Optional.empty();
    }

    private static boolean has(Origin origin, Collection<String> texts, Function<String, Optional<Origin>> reading) {
        return texts.stream().map(reading).anyMatch(Optional.of(origin)::equals);
    }

    private static Optional<String> only(Set<String> values) {
        return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
    }
}
