package io.github.multiclientauth.facade.directory;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.OriginClaims;
import io.github.multiclientauth.facade.directory.DirectoryDocument.UnreadableException;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.event.ApplicationChange;
import io.github.multiclientauth.facade.event.DirectoryEvent;
import io.github.multiclientauth.facade.event.Events;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The applications of the last directory document. Requests are answered from memory, so requests for unknown origins
 * never reach Keycloak.
 *
 * <p>While the source is unreachable, the last good snapshot stays in use for as long as the operator allows.
 */
public final class LiveDirectory implements ClientDirectory {

    /** The largest number of findings reported at once. */
    private static final int MAX_TOLD = 100;

    private final DirectorySource source;
    private final ClientSecrets secrets;
    private final Consumer<ClientId> onRemoved;
    private final Duration keepFor;
    private final Clock clock;
    private final Events events;

    private volatile DirectorySnapshot snapshot = DirectorySnapshot.notReady();
    private volatile State state = new State(Optional.empty(), "the directory has not been read yet", 0);
    /** The number of polls that have begun. */
    private volatile long polls;

    private Optional<String> tag = Optional.empty();
    private ClientSecrets usedSecrets;
    private Set<ClientId> enabled = Set.of();
    private OriginClaims claims = OriginClaims.NONE;
    private Set<ClientId> served = Set.of();

    /** The applications of the last document; empty before the first. */
    private Optional<List<Application>> known = Optional.empty();

    private volatile boolean emptied;
    private volatile Set<DirectoryFinding> reported = Set.of();

    /**
     * The state of the directory.
     *
     * @param confirmedAt when the snapshot was last confirmed; empty if there is none yet
     * @param problem why the last fetch failed; empty text if it succeeded
     * @param failures the number of failed fetches in a row
     */
    public record State(Optional<Instant> confirmedAt, String problem, int failures) {}

    /**
     * @param onRemoved called for each client that was disabled or removed: its users are signed out
     * @param keepFor how long the last snapshot stays in use while the source is unreachable; positive
     */
    public LiveDirectory(
            DirectorySource source,
            ClientSecrets secrets,
            Consumer<ClientId> onRemoved,
            Duration keepFor,
            Clock clock,
            Events events) {
        this.source = source;
        this.secrets = secrets;
        this.onRemoved = onRemoved;
        this.keepFor = requirePositive(keepFor);
        this.clock = clock;
        this.events = events;
    }

    /**
     * Returns a usable value of {@code mca.directory.keep-for}.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static Duration requirePositive(Duration keepFor) {
        if (keepFor.isNegative() || keepFor.isZero()) {
            throw new IllegalArgumentException("mca.directory.keep-for must be positive: " + keepFor);
        }
        return keepFor;
    }

    @Override
    public DirectorySnapshot snapshot() {
        return snapshot;
    }

    public State state() {
        return state;
    }

    /** The findings about the last readable document, for the operator. Does not wait for a fetch. */
    public Set<DirectoryFinding> findings() {
        return Set.copyOf(reported);
    }

    /** Whether the applications are known. */
    public boolean isReady() {
        return snapshot.isReady();
    }

    /**
     * Whether applications could sign people in before, and after the last document none can. Applications that an
     * administrator has disabled still count as present.
     */
    public boolean isEmptied() {
        return emptied;
    }

    /** Whether requests can be served: the applications are known, and not all of them are gone. */
    public boolean canServe() {
        return isReady() && !emptied;
    }

    /**
     * Fetches the directory once and uses the result. Blocks. Only one call runs at a time.
     *
     * @throws RuntimeException for a bug in the facade, which also counts as a failed fetch
     */
    public synchronized void poll() {
        polls++;
        try {
            ask();
        } catch (RuntimeException | Error e) {
            // Only its class: its message may quote Keycloak's answer.
            state = failed("the facade failed to read it: " + e.getClass().getSimpleName());
            throw e;
        }
    }

    @Override
    public DirectorySnapshot readAgain() {
        long before = polls;
        synchronized (this) {
            // Another caller's request that was sent after this call will do. One that was on its way then may be too
            // old.
            if (polls == before) {
                poll();
            }
            return snapshot;
        }
    }

    private void ask() {
        ClientSecrets current = secrets.now();
        // The same document gives different applications when the secrets have changed.
        Fetched fetched = source.fetch(current.equals(usedSecrets) ? tag : Optional.empty());
        state = fetched.match(
                document -> take(document, current), unchanged -> confirmed(), failed -> failed(failed.reason()));
    }

    private State take(Fetched.Document fetched, ClientSecrets current) {
        try {
            DirectoryDocument document = DirectoryDocument.read(fetched.json(), current);
            claims = claims.next(document.claimants());
            report(document);
            snapshot = DirectorySnapshot.of(document.applications(), claims);
            tag = fetched.tag();
            usedSecrets = current;
            // After the new snapshot is in use, so that sign-ins by the old one are signed out as well.
            departed(document).forEach(onRemoved);
            enabled = document.enabled();
            events.report(new DirectoryEvent.Changed(document.usable().size()));
            known.ifPresent(before -> ApplicationChange.between(before, document.applications())
                    .forEach(change -> events.report(new DirectoryEvent.ApplicationChanged(change))));
            known = Optional.of(document.applications());
            compareWithBefore(document);
            return confirmed();
        } catch (UnreadableException e) {
            return failed("what it answered " + e.getMessage());
        }
    }

    /**
     * The clients that were disabled or removed. A client that is listed but cannot be served, for example without a
     * secret, does not count: nobody decided to sign its users out.
     */
    private Set<ClientId> departed(DirectoryDocument document) {
        Set<ClientId> departed = document.applications().stream()
                .filter(application -> !application.enabled())
                .map(Application::clientId)
                .collect(Collectors.toCollection(HashSet::new));
        departed.addAll(enabled);
        departed.removeAll(document.enabled());
        return departed;
    }

    /**
     * Detects that all usable applications are gone. A realm that never had an application is ready for its first one.
     */
    private void compareWithBefore(DirectoryDocument document) {
        Set<ClientId> usable = document.usable();
        boolean gone =
                usable.isEmpty() && !served.isEmpty() && !document.disabled().containsAll(served);
        if (gone && !emptied) {
            events.report(new DirectoryEvent.Emptied(served.size()));
        }
        emptied = gone;
        served = usable.isEmpty() ? served : usable;
    }

    /**
     * Reports each finding once, since the directory is read every few seconds, and only {@value #MAX_TOLD} at once.
     */
    private void report(DirectoryDocument document) {
        Set<DirectoryFinding> findings = new LinkedHashSet<>(document.findings());
        claims.contests().forEach(contest -> findings.add(finding(contest)));
        List<DirectoryFinding> unknown = findings.stream()
                .filter(finding -> !reported.contains(finding))
                .sorted(Comparator.comparing(DirectoryFinding::toString))
                .toList();
        unknown.stream().limit(MAX_TOLD).forEach(this::tell);
        if (unknown.size() > MAX_TOLD) {
            events.report(new DirectoryEvent.MoreFindings(unknown.size() - MAX_TOLD));
        }
        reported = findings;
    }

    private void tell(DirectoryFinding finding) {
        switch (finding.kind()) {
            case APPLICATION_UNUSABLE, PART_IGNORED -> events.report(new DirectoryEvent.Finding(finding.toString()));
            case ORIGIN_CONTESTED -> events.report(new DirectoryEvent.Contested(finding.toString()));
        }
    }

    private static DirectoryFinding finding(OriginClaims.Contest contest) {
        String refused = contest.refused().stream().map(ClientId::value).collect(Collectors.joining(", "));
        return new DirectoryFinding(
                DirectoryFinding.Kind.ORIGIN_CONTESTED,
                "",
                contest.holder()
                        .map(holder -> "client " + holder + " had " + contest.place() + " first and keeps it while this"
                                + " facade runs; refused there: " + refused + ". Remove it from all clients but one: a"
                                + " facade that starts now would serve none of them there")
                        .orElseGet(() -> "more than one client claims " + contest.place() + " (" + refused + "), and"
                                + " none was there before the others, so that its requests are refused: remove it from"
                                + " all but one"));
    }

    private State confirmed() {
        if (state.failures() > 0 && state.confirmedAt().isPresent()) {
            events.report(new DirectoryEvent.ReachedAgain());
        }
        return new State(Optional.of(clock.instant()), "", 0);
    }

    private State failed(String reason) {
        if (state.failures() == 0 || !reason.equals(state.problem())) {
            events.report(new DirectoryEvent.Unreachable(reason));
        }
        boolean tooOld = state.confirmedAt()
                .map(at -> at.plus(keepFor).isBefore(clock.instant()))
                .orElse(false);
        if (tooOld && snapshot.isReady()) {
            events.report(new DirectoryEvent.GivenUp());
            snapshot = DirectorySnapshot.notReady();
            // Then the next successful fetch returns the whole document.
            tag = Optional.empty();
        }
        return new State(state.confirmedAt(), reason, state.failures() + 1);
    }
}
