package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.facade.client.PreviewIndex.Claim;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.origin.OriginPattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The clients that each host name serves, whatever the port. Cookies do not distinguish ports (RFC 6265, section 8.5).
 */
final class HostNames {

    private final Map<String, Set<ClientId>> registered = new HashMap<>();
    private final Set<Origin> origins = new HashSet<>();
    private final PreviewIndex previews;
    private final OriginClaims claims;

    HostNames(Collection<Application> applications, OriginClaims claims) {
        this.claims = claims;
        for (Application application : applications) {
            for (Origin origin : application.origins()) {
                origins.add(origin);
                registered
                        .computeIfAbsent(origin.host(), host -> new HashSet<>())
                        .add(application.clientId());
            }
        }
        previews = new PreviewIndex(applications);
    }

    /**
     * The applications that have this unregistered origin as a preview, each once. If several had their pattern first,
     * the disabled ones are left out unless all are disabled.
     */
    List<Application> ownersOfPreview(Origin origin) {
        List<Claim> matching = previews.at(origin.host()).stream()
                .filter(claim -> claim.pattern().matches(origin))
                .toList();
        long first = matching.stream().mapToLong(this::since).min().orElse(Long.MAX_VALUE);
        List<Application> owners = matching.stream()
                .filter(claim -> since(claim) == first)
                .map(Claim::application)
                .distinct()
                .toList();
        List<Application> enabled = owners.stream().filter(Application::enabled).toList();
        return enabled.isEmpty() ? owners : enabled;
    }

    private long since(Claim claim) {
        return claims.since(claim.application().clientId(), claim.pattern());
    }

    /** Whether the host name also serves another client, on another port or scheme. */
    boolean isShared(String host, Application own) {
        return registered.getOrDefault(host, Set.of()).stream().anyMatch(client -> !client.equals(own.clientId()))
                || previews.at(host).stream()
                        .filter(claim -> !claim.application().clientId().equals(own.clientId()))
                        .anyMatch(claim -> !origins.contains(at(host, claim.pattern())));
    }

    /** The origin where the pattern matches this host. A registered origin is never matched. */
    private static Origin at(String host, OriginPattern pattern) {
        return new Origin(pattern.scheme(), host, pattern.port());
    }
}
