package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** An immutable view of all applications: one hash look-up per origin. */
public final class DirectorySnapshot {

    private static final Refused UNKNOWN = new Refused(Reason.UNKNOWN_ORIGIN);
    private static final Refused AMBIGUOUS = new Refused(Reason.AMBIGUOUS);

    private final Map<Origin, Recognition> byOrigin;

    private DirectorySnapshot(Map<Origin, Recognition> byOrigin) {
        this.byOrigin = Map.copyOf(byOrigin);
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
        return new DirectorySnapshot(byOrigin);
    }

    public Recognition recognize(Origin origin) {
        return byOrigin.getOrDefault(origin, UNKNOWN);
    }
}
