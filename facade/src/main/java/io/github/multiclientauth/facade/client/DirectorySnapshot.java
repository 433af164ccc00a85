package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.facade.client.OriginClaims.Claimant;
import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable view of all applications. An origin takes one hash look-up. Only an origin that is not registered is
 * compared with the patterns of previews.
 */
public final class DirectorySnapshot {

    private static final Refused UNKNOWN = new Refused(Reason.UNKNOWN_ORIGIN);
    private static final Refused AMBIGUOUS = new Refused(Reason.AMBIGUOUS);

    private static final DirectorySnapshot NOT_READY = new DirectorySnapshot(
            Map.of(), Map.of(), new HostNames(List.of(), OriginClaims.NONE), new Refused(Reason.NOT_READY));

    private final Map<Origin, Recognition> byOrigin;
    private final Map<ClientId, Application> byClientId;
    private final HostNames hosts;
    private final Refused otherwise;

    private DirectorySnapshot(
            Map<Origin, Recognition> byOrigin,
            Map<ClientId, Application> byClientId,
            HostNames hosts,
            Refused otherwise) {
        this.byOrigin = Map.copyOf(byOrigin);
        this.byClientId = Map.copyOf(byClientId);
        this.hosts = hosts;
        this.otherwise = otherwise;
    }

    /**
     * The snapshot before the applications are known. It refuses every origin, since each could belong to an
     * application.
     */
    public static DirectorySnapshot notReady() {
        return NOT_READY;
    }

    /** The snapshot of a first look. If several applications claim an origin, none of them had it first. */
    public static DirectorySnapshot of(Collection<Application> applications) {
        return of(
                applications,
                OriginClaims.NONE.next(applications.stream()
                        .map(application -> new Claimant(
                                application.clientId(),
                                application.enabled(),
                                application.origins(),
                                application.previews().map(Previews::patterns).orElse(Set.of())))
                        .toList()));
    }

    /**
     * Makes a snapshot in which each application is recognised at the origins that it holds. An origin that another
     * client holds does not count as its own: sign-ins do not come back there, and it does not count for cookie names.
     *
     * @param claims the claims of all listed clients, including those of the applications
     */
    public static DirectorySnapshot of(Collection<Application> applications, OriginClaims claims) {
        List<Application> recognised = new ArrayList<>();
        Map<ClientId, Application> byClientId = new HashMap<>();
        for (Application application : applications) {
            Optional<Application> there = application.at(origin -> claims.holds(application.clientId(), origin));
            there.ifPresent(recognised::add);
            byClientId.put(application.clientId(), there.orElse(application));
        }
        HostNames hosts = new HostNames(recognised, claims);
        Map<Origin, Recognition> byOrigin = new HashMap<>();
        claims.nobodys().forEach(origin -> byOrigin.put(origin, AMBIGUOUS));
        for (Application application : recognised) {
            application
                    .origins()
                    .forEach(origin -> byOrigin.put(
                            origin, new Recognized(application, origin, hosts.isShared(origin.host(), application))));
        }
        return new DirectorySnapshot(byOrigin, byClientId, hosts, UNKNOWN);
    }

    /** The application that has registered this origin. */
    public Recognition recognize(Origin origin) {
        return byOrigin.getOrDefault(origin, otherwise);
    }

    /**
     * The application that has registered this origin, or whose preview it is. If patterns of two applications match,
     * the one that had its pattern first counts. A registered origin is never a preview.
     *
     * @param host where a request came to. What a request only names is looked up by {@link #recognize}
     */
    public Recognition recognizeHost(Origin host) {
        Recognition registered = recognize(host);
        if (registered != otherwise) {
            return registered;
        }
        List<Application> owners = hosts.ownersOfPreview(host);
        return switch (owners.size()) {
            case 0 -> otherwise;
            case 1 -> new Recognized(owners.get(0), host, hosts.isShared(host.host(), owners.get(0)));
            default -> AMBIGUOUS;
        };
    }

    /** The application with this client id. */
    public Optional<Application> application(ClientId clientId) {
        return Optional.ofNullable(byClientId.get(clientId));
    }

    /** All applications, including disabled ones, in no particular order. */
    public Collection<Application> applications() {
        return byClientId.values();
    }

    /** Whether the applications are known. */
    public boolean isReady() {
        return otherwise.reason() != Reason.NOT_READY;
    }
}
