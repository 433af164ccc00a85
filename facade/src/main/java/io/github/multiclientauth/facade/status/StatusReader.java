package io.github.multiclientauth.facade.status;

import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.doctor.Finding;
import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.oidc.FacadeKeys;
import io.github.multiclientauth.facade.oidc.KeycloakContacts;
import io.github.multiclientauth.facade.oidc.KeycloakContacts.Failure;
import io.github.multiclientauth.facade.oidc.KeycloakEndpoint;
import io.github.multiclientauth.facade.session.LiveChanges;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Puts together what a facade says about itself, from memory. It sends no request. */
public final class StatusReader {

    /** In one answer. */
    static final int MOST_FINDINGS = 200;

    private final Supplier<Status.Facade> facade;
    private final URI issuer;
    private final LiveDirectory directory;
    private final LiveChanges changes;
    private final KeycloakContacts contacts;
    private final Doctor doctor;
    private final FacadeKeys keys;
    private final List<String> fingerprints;
    private final Clock clock;

    /**
     * The doctor of a running facade.
     *
     * @param atOnce the checks that need no request
     */
    public record Doctor(Supplier<List<Finding>> atOnce, DoctorRounds rounds) {}

    /** @param fingerprints of the master secrets, newest first */
    public StatusReader(
            Supplier<Status.Facade> facade,
            URI issuer,
            LiveDirectory directory,
            LiveChanges changes,
            KeycloakContacts contacts,
            Doctor doctor,
            FacadeKeys keys,
            List<String> fingerprints,
            Clock clock) {
        this.facade = facade;
        this.issuer = issuer;
        this.directory = directory;
        this.changes = changes;
        this.contacts = contacts;
        this.doctor = doctor;
        this.keys = keys;
        this.fingerprints = List.copyOf(fingerprints);
        this.clock = clock;
    }

    public Status read(Search search) {
        return new Status(
                clock.instant(),
                facade.get(),
                issuer,
                problem(),
                Arrays.stream(KeycloakEndpoint.values()).map(this::contact).toList(),
                Listing.of(directory.snapshot().applications(), search),
                examination(),
                keys.keys().map(ClientKeys::descriptions).orElse(List.of()),
                masterSecrets());
    }

    private Optional<Status.Problem> problem() {
        if (directory.isEmptied()) {
            return Optional.of(new Status.Problem.Emptied());
        }
        return directory.isReady()
                ? Optional.empty()
                : Optional.of(new Status.Problem.Unknown(directory.state().problem()));
    }

    /** What is polled counts as failed also if Keycloak's answer cannot be used. */
    private Status.Contact contact(KeycloakEndpoint endpoint) {
        KeycloakContacts.Contact seen = contacts.of(endpoint);
        return switch (endpoint) {
            case DIRECTORY -> {
                LiveDirectory.State state = directory.state();
                yield polled(endpoint, state.confirmedAt(), state.problem(), seen);
            }
            case CHANGES -> polled(endpoint, changes.answeredAt(), changes.problem(), seen);
            case METADATA, KEYS, TOKEN, PUSHED_REQUEST, SESSIONS, ACCESS_TOKEN ->
                new Status.Contact(name(endpoint), seen.succeededAt(), seen.isFailing(), seen.failure());
        };
    }

    private Status.Contact polled(
            KeycloakEndpoint endpoint, Optional<Instant> succeededAt, String problem, KeycloakContacts.Contact seen) {
        if (problem.isEmpty()) {
            return new Status.Contact(name(endpoint), succeededAt, false, seen.failure());
        }
        Instant at = seen.failure().map(Failure::at).or(seen::succeededAt).orElseGet(clock::instant);
        return new Status.Contact(name(endpoint), succeededAt, true, Optional.of(new Failure(at, problem)));
    }

    private static String name(KeycloakEndpoint endpoint) {
        return endpoint.name().toLowerCase(Locale.ROOT);
    }

    private Status.Examination examination() {
        DoctorRounds.State state = doctor.rounds().state();
        List<Finding> findings = state.last().map(DoctorRounds.Round::findings).orElseGet(doctor.atOnce());
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparing(finding -> !finding.error()));
        int errors = (int) findings.stream().filter(Finding::error).count();
        return new Status.Examination(
                state.runningSince(),
                state.last().map(DoctorRounds.Round::endedAt),
                state.last().flatMap(DoctorRounds.Round::failure),
                sorted.stream().limit(MOST_FINDINGS).toList(),
                errors,
                findings.size() - errors,
                Math.max(0, findings.size() - MOST_FINDINGS));
    }

    private List<Status.MasterSecret> masterSecrets() {
        List<Status.MasterSecret> secrets = new ArrayList<>();
        for (String fingerprint : fingerprints) {
            secrets.add(new Status.MasterSecret(fingerprint, secrets.isEmpty()));
        }
        return secrets;
    }
}
