package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.directory.DirectorySource;
import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.endpoint.Endpoints;
import io.github.multiclientauth.facade.endpoint.ForwardAuthentication;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.log.OperatorLog;
import io.github.multiclientauth.facade.metrics.KeycloakTimers;
import io.github.multiclientauth.facade.metrics.Tally;
import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import io.github.multiclientauth.facade.oidc.ChangesSource;
import io.github.multiclientauth.facade.oidc.FacadeKeys;
import io.github.multiclientauth.facade.oidc.KeycloakClock;
import io.github.multiclientauth.facade.oidc.KeycloakContacts;
import io.github.multiclientauth.facade.oidc.KeycloakWatch;
import io.github.multiclientauth.facade.oidc.SessionKeeper;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.session.Confirmations;
import io.github.multiclientauth.facade.session.LiveChanges;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.signin.SignInLimit;
import io.github.multiclientauth.facade.signout.BackChannelLogout;
import io.github.multiclientauth.facade.status.DoctorRounds;
import io.github.multiclientauth.facade.status.Status;
import io.github.multiclientauth.facade.status.StatusReader;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.github.multiclientauth.facade.trace.KeycloakSpans;
import io.github.multiclientauth.facade.wire.ArrivalLimits;
import io.github.multiclientauth.facade.wire.ForwardAuth;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.arc.DefaultBean;
import io.quarkus.info.GitInfo;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells Quarkus how the parts are made. They are plain Java and do not know Quarkus. */
@ApplicationScoped
class Wiring {

    /** Keycloak's time, which all replicas share. */
    private final KeycloakClock clock = new KeycloakClock(Clock.systemUTC());

    /** Before anything is served. */
    void start(@Observes StartupEvent event, Settings settings, Auditing auditing, Vertx vertx) {
        if (!"https".equalsIgnoreCase(settings.issuer().getScheme())) {
            StartLog.LOG.plainIssuer(settings.issuer());
        }
        StartLog.LOG.directory(settings.directory().url());
        auditing.start(vertx);
    }

    void stop(@Observes ShutdownEvent event, Auditing auditing) {
        auditing.stop();
    }

    /**
     * Quarkus shows the operator the message of a {@code ConfigurationException}; for others it shows a stack trace.
     */
    @Produces
    @Singleton
    Settings settings(FacadeConfig config, Config variables) {
        try {
            return Settings.read(config, variables);
        } catch (IllegalArgumentException e) {
            throw StartLog.LOG.unusable(e.getMessage());
        }
    }

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    @Produces
    @Singleton
    Auditing auditing(Settings settings, @ConfigProperty(name = "quarkus.application.version") String version) {
        try {
            return Auditing.of(settings.audit(), version, clock);
        } catch (UnusableSettingException e) {
            throw StartLog.LOG.unusable(e.getMessage());
        }
    }

    @Produces
    @Singleton
    Events events(Tally tally, OperatorLog log, Auditing auditing) {
        return auditing.and(event -> {
            tally.report(event);
            log.report(event);
        });
    }

    @Produces
    @Singleton
    FacadeSpans facadeSpans(Settings settings, OpenTelemetry telemetry, Tracer tracer) {
        return new FacadeSpans(!settings.traced(), telemetry, tracer);
    }

    @Produces
    @Singleton
    @Typed(KeycloakContacts.class)
    KeycloakContacts keycloakContacts() {
        return new KeycloakContacts(clock);
    }

    @Produces
    @Singleton
    KeycloakWatch keycloakWatch(
            KeycloakTimers timers,
            KeycloakContacts contacts,
            FacadeSpans spans,
            OpenTelemetry telemetry,
            Tracer tracer) {
        return KeycloakWatch.all(
                spans.areOff()
                        ? List.of(timers, contacts)
                        : List.of(timers, contacts, new KeycloakSpans(telemetry, tracer)));
    }

    @Produces
    @Singleton
    Assembly.Threads threads(Settings settings, Vertx vertx) {
        return KeycloakThreads.of(vertx, settings.keycloak().threads());
    }

    @Produces
    @Singleton
    KeycloakClient keycloak(Settings settings, KeycloakWatch watch, Assembly.Threads threads) {
        return new KeycloakClient(settings, watch, threads.signIns(), clock);
    }

    @Produces
    @Singleton
    @DefaultBean
    DirectorySource directorySource(KeycloakClient keycloak, Settings settings) {
        return keycloak.reader(settings.directory().url());
    }

    @Produces
    @Singleton
    @DefaultBean
    SessionKeeper sessionKeeper(KeycloakClient keycloak) {
        return keycloak.sessionKeeper();
    }

    @Produces
    @Singleton
    @DefaultBean
    AccessTokenSource accessTokenSource(KeycloakClient keycloak) {
        return keycloak.accessTokenSource();
    }

    @Produces
    @Singleton
    @DefaultBean
    ChangesSource changesSource(KeycloakClient keycloak) {
        return keycloak.changesSource();
    }

    @Produces
    @Singleton
    Revocations revocations(Settings settings) {
        return new Revocations(settings.sessions().maxAge(), clock);
    }

    @Produces
    @Singleton
    LiveDirectory directory(DirectorySource source, Settings settings, Revocations revocations, Events events) {
        return new LiveDirectory(
                source,
                settings.clientSecrets(),
                revocations::revokeEverybodyAt,
                settings.directory().keepFor(),
                clock,
                events);
    }

    @Produces
    @Singleton
    LiveChanges changes(ChangesSource source, Revocations revocations, Settings settings, Events events) {
        return new LiveChanges(source, revocations, settings.sessions(), clock, events);
    }

    @Produces
    @Singleton
    Assembly assembly(
            KeycloakClient keycloak,
            SessionKeeper keeper,
            AccessTokenSource tokenSource,
            LiveDirectory directory,
            Assembly.Threads threads,
            SecureRandom random,
            Events events,
            Revocations revocations,
            LiveChanges changes,
            Settings settings) {
        return Assembly.of(
                new Assembly.Surroundings(
                        keycloak.authorizationServer(directory),
                        keeper,
                        tokenSource,
                        keycloak.siblingSessions(),
                        directory,
                        threads,
                        Confirmations.Gathering.A_MOMENT,
                        random,
                        clock,
                        events),
                new ApplicationSeals(settings.applicationSecrets(), random),
                !settings.forwardAuth().isOff(),
                settings.sessions(),
                revocations,
                changes,
                settings.signInTimeout(),
                new SignInLimit(settings.signInsPerMinute(), clock));
    }

    @Produces
    @Singleton
    Endpoints endpoints(Assembly assembly) {
        return assembly.endpoints();
    }

    @Produces
    @Singleton
    ForwardAuthentication forwardAuthentication(Assembly assembly) {
        return assembly.forwardAuthentication();
    }

    @Produces
    @Singleton
    BackChannelLogout backChannelLogout(Assembly assembly) {
        return assembly.backChannelLogout();
    }

    @Produces
    @Singleton
    FacadeKeys facadeKeys(Settings settings) {
        return new FacadeKeys(settings.keys());
    }

    @Produces
    @Singleton
    CentralOrigins centralOrigins(Settings settings) {
        return settings.centralOrigins();
    }

    @Produces
    @Singleton
    ForwardAuth forwardAuth(Settings settings) {
        return settings.forwardAuth();
    }

    @Produces
    @Singleton
    ArrivalLimits arrivalLimits(Settings settings) {
        return settings.arrivals();
    }

    @Produces
    @Singleton
    Checks checks(FacadeConfig config, Settings settings, KeycloakClient keycloak, LiveDirectory directory) {
        return new Checks(config, settings, keycloak, directory);
    }

    @Produces
    @Singleton
    DoctorRounds doctorRounds(Checks checks) {
        return new DoctorRounds(
                () -> checks.besideUsers().findings(),
                task -> {
                    // Not in a pool of the sign-ins: a run waits for Keycloak several times.
                    Thread thread = new Thread(task, "doctor");
                    thread.setDaemon(true);
                    thread.start();
                },
                clock);
    }

    @Produces
    @Singleton
    StatusReader statusReader(
            @ConfigProperty(name = "quarkus.application.version") String version,
            Instance<GitInfo> git,
            Settings settings,
            KeycloakContacts contacts,
            LiveDirectory directory,
            LiveChanges changes,
            Checks checks,
            DoctorRounds rounds,
            FacadeKeys keys) {
        return new StatusReader(
                () -> new Status.Facade(
                        version,
                        git.stream().map(GitInfo::latestCommitId).findFirst(),
                        Runtime.version().toString(),
                        Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime())),
                settings.issuer(),
                directory,
                changes,
                contacts,
                new StatusReader.Doctor(() -> checks.atOnce().findings(), rounds),
                keys,
                settings.applicationSecrets().fingerprints(),
                clock);
    }
}
