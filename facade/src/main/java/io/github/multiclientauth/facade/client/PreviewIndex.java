package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.OriginPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the patterns that may match a host name. Strangers can request any number of hosts. A domain without previews
 * takes one hash look-up. Other domains take one for each <em>shape</em> of pattern in that domain, not one for each
 * application.
 */
final class PreviewIndex {

    private final Map<String, Set<Shape>> shapesOfDomain = new HashMap<>();
    private final Map<Hosts, List<Claim>> claims = new HashMap<>();

    /** A pattern of an application. */
    record Claim(OriginPattern pattern, Application application) {}

    /** The number of characters of the first label before and after the {@code *}. */
    private record Shape(int prefix, int suffix) {}

    /** A pattern without scheme and port. */
    private record Hosts(String prefix, String suffix, String domain) {}

    PreviewIndex(Collection<Application> applications) {
        for (Application application : applications) {
            application
                    .previews()
                    .ifPresent(
                            previews -> previews.patterns().forEach(pattern -> add(new Claim(pattern, application))));
        }
    }

    private void add(Claim claim) {
        OriginPattern pattern = claim.pattern();
        shapesOfDomain
                .computeIfAbsent(pattern.domain(), domain -> new HashSet<>())
                .add(new Shape(pattern.prefix().length(), pattern.suffix().length()));
        claims.computeIfAbsent(
                        new Hosts(pattern.prefix(), pattern.suffix(), pattern.domain()), hosts -> new ArrayList<>())
                .add(claim);
    }

    /** The claims for this host name, whatever the scheme and port. */
    List<Claim> at(String host) {
        int dot = host.indexOf('.');
        String domain = host.substring(dot + 1);
        List<Claim> found = new ArrayList<>();
        for (Shape shape : shapesOfDomain.getOrDefault(domain, Set.of())) {
            if (shape.prefix() + shape.suffix() < dot) {
                Hosts hosts =
                        new Hosts(host.substring(0, shape.prefix()), host.substring(dot - shape.suffix(), dot), domain);
                found.addAll(claims.getOrDefault(hosts, List.of()));
            }
        }
        return found;
    }
}
