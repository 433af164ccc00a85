package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.origin.Origin;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An immutable view of all applications: one hash look-up per origin. Only an origin that nobody registered is compared
 * with the patterns of previews.
 */
public final class DirectorySnapshot {

    private static final Refused UNKNOWN = new Refused(Reason.UNKNOWN_ORIGIN);
    private static final Refused AMBIGUOUS = new Refused(Reason.AMBIGUOUS);

    private static final DirectorySnapshot NOT_READY =
            new DirectorySnapshot(Map.of(), Map.of(), new HostNames(List.of()), new Refused(Reason.NOT_READY));

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

    /** Before the applications are known: every origin might be one of theirs. */
    public static DirectorySnapshot notReady() {
        return NOT_READY;
    }

    /**
     * An origin that two of the applications claim is recognised as neither; but one whose client is disabled claims
     * nothing that another has.
     */
    public static DirectorySnapshot of(Collection<Application> applications) {
        HostNames hosts = new HostNames(applications);
        Map<Origin, Recognition> byOrigin = new HashMap<>();
        for (Application application : enabledFirst(applications)) {
            for (Origin origin : application.origins()) {
                byOrigin.merge(
                        origin,
                        new Recognized(application, origin, hosts.isShared(origin.host(), application)),
                        DirectorySnapshot::oneOf);
            }
        }
        Map<ClientId, Application> byClientId = new HashMap<>();
        applications.forEach(application -> byClientId.put(application.clientId(), application));
        return new DirectorySnapshot(byOrigin, byClientId, hosts, UNKNOWN);
    }

    /** So that it does not matter how many disabled ones claim what an enabled one has. */
    private static List<Application> enabledFirst(Collection<Application> applications) {
        return applications.stream()
                .sorted(Comparator.comparing(Application::enabled).reversed())
                .toList();
    }

    private static Recognition oneOf(Recognition one, Recognition other) {
        if (isDisabled(one) == isDisabled(other)) {
            return AMBIGUOUS;
        }
        return isDisabled(one) ? other : one;
    }

    private static boolean isDisabled(Recognition recognition) {
        return recognition instanceof Recognized recognized
                && !recognized.application().enabled();
    }

    /** Whose registered origin this is. */
    public Recognition recognize(Origin origin) {
        return byOrigin.getOrDefault(origin, otherwise);
    }

    /**
     * Whose registered origin this is, or whose preview. An origin that matches patterns of two applications is recognised
     * as neither, likewise unless one is disabled, and one that is registered is never a preview.
     *
     * @param host where a request came to: what a request only names is looked up by {@link #recognize}
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

    /** All of them, the disabled ones too, in no particular order. */
    public Collection<Application> applications() {
        return byClientId.values();
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
