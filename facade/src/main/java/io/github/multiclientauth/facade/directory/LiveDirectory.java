package io.github.multiclientauth.facade.directory;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
import io.github.multiclientauth.facade.client.OriginClaims;
import io.github.multiclientauth.facade.directory.DirectoryDocument.UnreadableException;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
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
 * The applications as the source listed them last. Requests are answered from memory: however many come for origins that
 * nobody knows, Keycloak never hears of them.
 *
 * <p>While the source is away, the last good snapshot stays, for as long as the operator allows.
 */
public final class LiveDirectory implements ClientDirectory {

    /** Findings told at one time. */
    private static final int MAX_TOLD = 100;

    private final DirectorySource source;
    private final ClientSecrets secrets;
    private final Consumer<ClientId> departures;
    private final Duration keepFor;
    private final Clock clock;
    private final Events events;

    private volatile DirectorySnapshot snapshot = DirectorySnapshot.notReady();
    private volatile State state = new State(Optional.empty(), "the directory has not been read yet", 0);
    private Optional<String> tag = Optional.empty();
    private ClientSecrets usedSecrets;
    private Set<ClientId> enabled = Set.of();
    private OriginClaims claims = OriginClaims.NONE;
    private Set<ClientId> served = Set.of();
    private volatile boolean emptied;
    private Set<DirectoryFinding> reported = Set.of();

    /**
     * How it stands.
     *
     * @param confirmedAt when the snapshot was last known to be right; empty if there never was one
     * @param problem why it could not be read just now; empty text if it could
     * @param failures in a row
     */
    public record State(Optional<Instant> confirmedAt, String problem, int failures) {}

    /**
     * @param departures told of each client that is disabled, or listed no longer: its people are signed out
     * @param keepFor how long the last snapshot is used while the source is away; positive
     */
    public LiveDirectory(
            DirectorySource source,
            ClientSecrets secrets,
            Consumer<ClientId> departures,
            Duration keepFor,
            Clock clock,
            Events events) {
        if (keepFor.isNegative() || keepFor.isZero()) {
            throw new IllegalArgumentException("mca.directory.keep-for must be positive: " + keepFor);
        }
        this.source = source;
        this.secrets = secrets;
        this.departures = departures;
        this.keepFor = keepFor;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public DirectorySnapshot snapshot() {
        return snapshot;
    }

    public State state() {
        return state;
    }

    /** What keeps applications from being served, for the operator; of the last document that could be read. */
    public synchronized Set<DirectoryFinding> findings() {
        return Set.copyOf(reported);
    }

    /** Whether there is a snapshot to answer from. */
    public boolean isReady() {
        return snapshot.isReady();
    }

    /**
     * Whether the last document left nothing of what was there before: applications could sign people in, and now none can.
     * Those that an administrator has disabled are still there.
     */
    public boolean isEmptied() {
        return emptied;
    }

    /**
     * Asks the source once, and takes what it says. Blocks; one at a time.
     *
     * @throws RuntimeException if the facade itself is at fault, which counts like a source that is away
     */
    public synchronized void poll() {
        try {
            ask();
        } catch (RuntimeException | Error e) {
            // Its class only: what it says may quote what Keycloak answered.
            failed("the facade failed to read it: " + e.getClass().getSimpleName());
            throw e;
        }
    }

    private void ask() {
        ClientSecrets current = secrets.now();
        // With other secrets the same document makes other applications.
        Fetched fetched = source.fetch(current.equals(usedSecrets) ? tag : Optional.empty());
        if (fetched instanceof Fetched.Document document) {
            take(document, current);
        } else if (fetched instanceof Fetched.Unchanged) {
            confirmed();
        } else {
            failed(((Fetched.Failed) fetched).reason());
        }
    }

    private void take(Fetched.Document fetched, ClientSecrets current) {
        try {
            DirectoryDocument document = DirectoryDocument.read(fetched.json(), current);
            claims = claims.next(document.claimants());
            report(document);
            snapshot = DirectorySnapshot.of(document.applications(), claims);
            tag = fetched.tag();
            usedSecrets = current;
            // After the snapshot: who signed in by the former one is signed out by this.
            departed(document).forEach(departures);
            enabled = document.enabled();
            events.report(new DirectoryEvent.Changed(document.usable().size()));
            compareWithBefore(document);
            confirmed();
        } catch (UnreadableException e) {
            failed("what it answered " + e.getMessage());
        }
    }

    /** Not one that is listed but cannot be served, for want of a secret perhaps: that is no decision about its people. */
    private Set<ClientId> departed(DirectoryDocument document) {
        Set<ClientId> departed = document.applications().stream()
                .filter(application -> !application.enabled())
                .map(Application::clientId)
                .collect(Collectors.toCollection(HashSet::new));
        departed.addAll(enabled);
        departed.removeAll(document.enabled());
        return departed;
    }

    /** A realm that never had an application is ready for its first one. */
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

    /** Each once: the directory is read every few seconds. Never more at once than somebody reads. */
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

    private void confirmed() {
        if (state.failures() > 0 && state.confirmedAt().isPresent()) {
            events.report(new DirectoryEvent.ReachedAgain());
        }
        state = new State(Optional.of(clock.instant()), "", 0);
    }

    private void failed(String reason) {
        if (state.failures() == 0 || !reason.equals(state.problem())) {
            events.report(new DirectoryEvent.Unreachable(reason));
        }
        state = new State(state.confirmedAt(), reason, state.failures() + 1);
        boolean tooOld = state.confirmedAt()
                .map(at -> at.plus(keepFor).isBefore(clock.instant()))
                .orElse(false);
        if (tooOld && snapshot.isReady()) {
            events.report(new DirectoryEvent.GivenUp());
            snapshot = DirectorySnapshot.notReady();
            // So that it is read as a whole when the source is back.
            tag = Optional.empty();
        }
    }
}
