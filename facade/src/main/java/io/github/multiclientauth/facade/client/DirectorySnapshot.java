package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An immutable view of all applications: one hash look-up per origin. */
public final class DirectorySnapshot {

    private static final Refused UNKNOWN = new Refused(Reason.UNKNOWN_ORIGIN);
    private static final Refused AMBIGUOUS = new Refused(Reason.AMBIGUOUS);

    private static final DirectorySnapshot NOT_READY =
            new DirectorySnapshot(Map.of(), Map.of(), new Refused(Reason.NOT_READY));

    private final Map<Origin, Recognition> byOrigin;
    private final Map<ClientId, Application> byClientId;
    private final Refused otherwise;

    private DirectorySnapshot(
            Map<Origin, Recognition> byOrigin, Map<ClientId, Application> byClientId, Refused otherwise) {
        this.byOrigin = Map.copyOf(byOrigin);
        this.byClientId = Map.copyOf(byClientId);
        this.otherwise = otherwise;
    }

    /** Before the applications are known: every origin might be one of theirs. */
    public static DirectorySnapshot notReady() {
        return NOT_READY;
    }

    /** An origin that two of the applications claim is recognised as neither. */
    public static DirectorySnapshot of(Collection<Application> applications) {
        Map<String, Set<ClientId>> clientsOfHost = new HashMap<>();
        for (Application application : applications) {
            for (Origin origin : application.origins()) {
                clientsOfHost
                        .computeIfAbsent(origin.host(), host -> new HashSet<>())
                        .add(application.clientId());
            }
        }
        Map<Origin, Recognition> byOrigin = new HashMap<>();
        for (Application application : applications) {
            for (Origin origin : application.origins()) {
                boolean shared = clientsOfHost.get(origin.host()).size() > 1;
                byOrigin.merge(origin, new Recognized(application, origin, shared), (one, other) -> AMBIGUOUS);
            }
        }
        Map<ClientId, Application> byClientId = new HashMap<>();
        applications.forEach(application -> byClientId.put(application.clientId(), application));
        return new DirectorySnapshot(byOrigin, byClientId, UNKNOWN);
    }

    public Recognition recognize(Origin origin) {
        return byOrigin.getOrDefault(origin, otherwise);
    }

    /** The application with this client id. */
    public Optional<Application> application(ClientId clientId) {
        return Optional.ofNullable(byClientId.get(clientId));
    }

    /** Whether the applications are known. */
    public boolean isReady() {
        return otherwise.reason() != Reason.NOT_READY;
    }

    /** Origins that more than one application claims. */
    public Set<Origin> ambiguous() {
        return byOrigin.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Refused)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
