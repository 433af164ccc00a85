package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.directory.DirectorySource;
import io.github.multiclientauth.facade.directory.FileSource;
import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.github.multiclientauth.facade.endpoint.Endpoints;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.log.OperatorLog;
import io.github.multiclientauth.facade.metrics.KeycloakTimers;
import io.github.multiclientauth.facade.metrics.Tally;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.oidc.Credentials;
import io.github.multiclientauth.facade.oidc.FacadeKeys;
import io.github.multiclientauth.facade.oidc.KeycloakDirectorySource;
import io.github.multiclientauth.facade.oidc.KeycloakRequests;
import io.github.multiclientauth.facade.oidc.KeycloakWatch;
import io.github.multiclientauth.facade.oidc.NimbusAuthorizationServer;
import io.github.multiclientauth.facade.oidc.TrustedCertificates;
import io.github.multiclientauth.facade.oidc.UpstreamTimeouts;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.FileAccess;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.session.Revalidation;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.session.SessionPolicy;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.signin.SignInFlow;
import io.github.multiclientauth.facade.signin.SignInLimit;
import io.github.multiclientauth.facade.signout.BackChannelLogout;
import io.github.multiclientauth.facade.signout.KeycloakSessions;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.trace.FacadeSpans;
import io.github.multiclientauth.facade.trace.KeycloakSpans;
import io.github.multiclientauth.facade.trace.TracedWork;
import io.github.multiclientauth.facade.wire.ArrivalLimits;
import io.github.multiclientauth.facade.wire.Csrf;
import io.github.multiclientauth.origin.Origin;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the parts together. They are plain Java and know nothing of Quarkus. */
@ApplicationScoped
class Wiring {

    /** Longer than every time-out of a request to Keycloak: then Vert.x reports a thread that hangs. */
    private static final long WORTH_A_WARNING_MINUTES = 2;

    private static final int WAITING_PER_THREAD = 16;

    /** Sign-outs at one time; beside {@code mca.keycloak.max-concurrent-requests}. */
    private static final int SIGN_OUT_THREADS = 4;

    /** Each is a session of its own, whose cookie only the facade can make. */
    private static final int WAITING_SIGN_OUTS = 1000;

    private static final int LOGOUT_TOKEN_THREADS = 2;

    /** Checking one takes less than a millisecond, unless Keycloak's keys have to be read. */
    private static final int WAITING_LOGOUT_TOKENS = 500;

    /**
     * Keycloak, and the threads on which it may be asked.
     *
     * @param blocking runs what waits for Keycloak while somebody signs in or a session is renewed
     * @param signOuts runs sign-outs, which never wait for those
     * @param logoutTokens checks what claims to be a logout token, and anybody may send
     */
    record Upstream(AuthorizationServer keycloak, Executor blocking, Executor signOuts, Executor logoutTokens) {}

    @Produces
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    /** Counted first, so that a metric is there when an operator reads the message. */
    @Produces
    @Singleton
    Events events(Tally tally, OperatorLog log) {
        return event -> {
            tally.report(event);
            log.report(event);
        };
    }

    /** Before anything is served: Quarkus itself believes everybody who is not told apart. */
    void start(
            @Observes StartupEvent event,
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding") boolean forwarding,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> trusted) {
        usable(() -> {
            if (forwarding && trusted.isEmpty()) {
                throw new UnusableSettingException(
                        "quarkus.http.proxy.trusted-proxies",
                        "is not set, and quarkus.http.proxy.proxy-address-forwarding is true: then anybody could say in a"
                                + " header for which application a request is. Name the addresses of your proxies");
            }
            return null;
        });
    }

    @Produces
    @Singleton
    FacadeSpans facadeSpans(
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off,
            @ConfigProperty(name = "quarkus.otel.instrument.vertx-http") boolean ofQuarkus,
            OpenTelemetry telemetry,
            Tracer tracer) {
        return usable(() -> {
            if (!off && ofQuarkus) {
                throw new UnusableSettingException(
                        "quarkus.otel.instrument.vertx-http",
                        "has to stay false: Quarkus' own spans have the query of each request in them, and with it codes."
                                + " The facade makes its spans itself");
            }
            return new FacadeSpans(off, telemetry, tracer);
        });
    }

    @Produces
    @Singleton
    KeycloakWatch keycloakWatch(KeycloakTimers timers, FacadeSpans spans, OpenTelemetry telemetry, Tracer tracer) {
        return spans.areOff() ? timers : KeycloakWatch.all(List.of(timers, new KeycloakSpans(telemetry, tracer)));
    }

    @Produces
    @Singleton
    FacadeKeys facadeKeys(FacadeConfig config) {
        FacadeConfig.ClientKey key = config.clientKey();
        return new FacadeKeys(usable(() -> key.file()
                .map(file -> ClientKeys.inFile(
                        file,
                        key.publishFirst(),
                        secretFiles(config).access(),
                        StartLog.LOG::keyFileUnusable,
                        Clock.systemUTC()))));
    }

    @Produces
    @Singleton
    LiveDirectory directory(
            FacadeConfig config, FacadeKeys keys, KeycloakWatch watch, Revocations revocations, Events events) {
        URI issuer = usable(() -> issuer(config));
        if (!"https".equalsIgnoreCase(issuer.getScheme())) {
            StartLog.LOG.plainIssuer(issuer);
        }
        ClientSecrets secrets = usable(() -> ClientSettings.clientSecrets(
                config.clients(), secretFiles(config), keys.keys().isPresent()));
        DirectorySource source = usable(() -> source(config, keys, watch));
        return usable(() -> new LiveDirectory(
                source,
                secrets,
                revocations::revokeEverybodyAt,
                config.directory().keepFor(),
                Clock.systemUTC(),
                events));
    }

    private static DirectorySource source(FacadeConfig config, FacadeKeys keys, KeycloakWatch watch) {
        FacadeConfig.Directory directory = config.directory();
        if (directory.file().isPresent()) {
            StartLog.LOG.directoryFile(directory.file().get());
            return new FileSource(directory.file().get());
        }
        URI url = directory
                .url()
                .map(given -> address("mca.directory.url", given))
                .orElseGet(() -> URI.create(issuer(config) + "/multi-client-auth/directory"));
        StartLog.LOG.directory(url);
        return keycloakSource(config, keys, url, watch);
    }

    /**
     * @param url what the facade's account is to read
     * @param watch sees the requests
     */
    static KeycloakDirectorySource keycloakSource(FacadeConfig config, FacadeKeys keys, URI url, KeycloakWatch watch) {
        FacadeConfig.Directory directory = config.directory();
        Optional<Supplier<ClientAuthentication>> secret = ClientSettings.secret(
                        "mca.directory.client-secret",
                        directory.clientSecret(),
                        directory.clientSecretFile(),
                        secretFiles(config))
                .map(source -> () -> new ClientAuthentication.ClientSecret(source.get()));
        Optional<Supplier<ClientAuthentication>> key = keys.keys().map(own -> ClientAuthentication.PrivateKeyJwt::new);
        Supplier<ClientAuthentication> authentication = secret.or(() -> key)
                .orElseThrow(() -> new UnusableSettingException(
                        "mca.directory.client-secret",
                        "is not set: the secret of the client " + directory.clientId()
                                + ", whose service account reads the list of applications; or, in its place, a key of"
                                + " the facade's own (mca.client-key.file)"));
        return new KeycloakDirectorySource(
                issuer(config),
                url,
                new ClientId(directory.clientId()),
                authentication,
                new Credentials(issuer(config), keys.keys(), Clock.systemUTC()),
                requests(config, watch),
                Clock.systemUTC());
    }

    @Produces
    @Singleton
    CentralOrigins centralOrigins(FacadeConfig config) {
        return usable(() -> new CentralOrigins(config.centralOrigins().orElse(List.of()).stream()
                .map(text -> Origin.parse(text)
                        .orElseThrow(() -> new UnusableSettingException(
                                "mca.central-origins",
                                "\"" + text + "\" is no origin: scheme, host and port if it is not the scheme's own,"
                                        + " https://auth.example.com for example")))
                .collect(Collectors.toUnmodifiableSet())));
    }

    private static URI issuer(FacadeConfig config) {
        return address("mca.issuer", config.issuer());
    }

    private static URI address(String setting, URI given) {
        boolean web = "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
        // Not the host, which Java does not see in http://key_cloak:8080, the name of a container.
        if (!web || given.getRawAuthority() == null) {
            throw new UnusableSettingException(
                    setting, "\"" + given + "\" is no address that begins with https:// (or http://) and a host");
        }
        return given;
    }

    static SecretFiles secretFiles(FacadeConfig config) {
        return new SecretFiles(FileAccess.allowingOthers(config.secretFiles().allowOtherReaders()));
    }

    static KeycloakRequests requests(FacadeConfig config, KeycloakWatch watch) {
        FacadeConfig.Keycloak keycloak = config.keycloak();
        return new KeycloakRequests(
                new UpstreamTimeouts(keycloak.connectTimeout(), keycloak.readTimeout()),
                keycloak.trustedCertificates().map(TrustedCertificates::read),
                watch);
    }

    @Produces
    @Singleton
    Upstream upstream(FacadeConfig config, FacadeKeys keys, KeycloakWatch watch, Vertx vertx) {
        URI issuer = usable(() -> issuer(config));
        Executor blocking = usable(() -> blocking(vertx, config.keycloak().maxConcurrentRequests()));
        KeycloakRequests requests = usable(() -> requests(config, watch));
        Credentials credentials = new Credentials(issuer, keys.keys(), Clock.systemUTC());
        return new Upstream(
                new NimbusAuthorizationServer(issuer, credentials, requests, Clock.systemUTC(), blocking),
                blocking,
                pool(vertx, "keycloak-sign-outs", SIGN_OUT_THREADS, WAITING_SIGN_OUTS),
                pool(vertx, "keycloak-logout-tokens", LOGOUT_TOKEN_THREADS, WAITING_LOGOUT_TOKENS));
    }

    @Produces
    @Singleton
    Revocations revocations(FacadeConfig config) {
        return new Revocations(usable(() -> policy(config)).maxAge(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    SignInLimit signInLimit(FacadeConfig config) {
        return usable(() -> new SignInLimit(config.limits().signInsPerMinute(), Clock.systemUTC()));
    }

    @Produces
    @Singleton
    ArrivalLimits arrivalLimits(FacadeConfig config) {
        return usable(() -> arrivalLimits(
                config.limits().requestTimeout(),
                config.limits().incompleteRequests().asLongValue()));
    }

    private static ArrivalLimits arrivalLimits(Duration timeout, long bytes) {
        if (timeout.toSeconds() < 1) {
            throw new UnusableSettingException("mca.limits.request-timeout", "has to be at least a second: " + timeout);
        }
        if (bytes < ArrivalLimits.LEAST_BYTES) {
            throw new UnusableSettingException(
                    "mca.limits.incomplete-requests", "has to be at least 1M, for a few requests at a time: " + bytes);
        }
        return new ArrivalLimits(timeout, bytes);
    }

    @Produces
    @Singleton
    BackChannelLogout backChannelLogout(
            Upstream upstream, LiveDirectory directory, Revocations revocations, Events events) {
        return new BackChannelLogout(upstream.keycloak(), directory, revocations, upstream.logoutTokens(), events);
    }

    @Produces
    @Singleton
    Endpoints endpoints(
            FacadeConfig config,
            Config variables,
            SecureRandom random,
            Events events,
            Upstream upstream,
            LiveDirectory directory,
            Revocations revocations,
            SignInLimit limit) {
        Clock clock = Clock.systemUTC();
        SecretFiles files = secretFiles(config);
        MasterSecrets masters = usable(() -> MasterSecrets.read(
                files.variables(name -> asWritten(variables.getConfigValue(name), System.getenv(name)))));
        ApplicationSeals seals = new ApplicationSeals(
                usable(() -> ClientSettings.applicationSecrets(config.clients(), files, masters)), random);
        SessionPolicy policy = usable(() -> policy(config));
        Duration signInTimeout = usable(() -> signInTimeout(config));
        Executor blocking = upstream.blocking();
        AuthorizationServer keycloak = upstream.keycloak();
        SessionCookies cookies = new SessionCookies(seals, clock);
        return new Endpoints(
                seals,
                new Csrf(random),
                new SessionReads(cookies, revocations, new Revalidation(keycloak, blocking), policy, clock, events),
                SignInFlow.create(
                        keycloak,
                        directory,
                        seals,
                        cookies,
                        policy,
                        signInTimeout,
                        limit,
                        random,
                        clock,
                        blocking,
                        events),
                new SignOut(
                        new KeycloakSessions(keycloak, revocations, upstream.signOuts(), Wiring::later, clock, events),
                        cookies,
                        revocations,
                        events),
                blocking,
                events);
    }

    private static SessionPolicy policy(FacadeConfig config) {
        FacadeConfig.Session session = config.session();
        return new SessionPolicy(session.revalidateAfter(), session.grace(), session.maxAge());
    }

    private static Duration signInTimeout(FacadeConfig config) {
        Duration timeout = config.signInTimeout();
        if (timeout.toSeconds() < 1) {
            throw new UnusableSettingException("mca.sign-in-timeout", "has to be at least a second: " + timeout);
        }
        return timeout;
    }

    /**
     * A variable of the environment is taken as it stands there, as Auth.js takes it; of other sources, dollar signs and
     * backslashes mean something.
     */
    static String asWritten(ConfigValue value, String inEnvironment) {
        return value.getRawValue() != null && value.getRawValue().equals(inEnvironment)
                ? inEnvironment
                : value.getValue();
    }

    /**
     * Not Quarkus' pool: requests to a slow Keycloak must not use up threads that others wait for. Of those that wait, as
     * many are kept as can be served before their browsers give up; further ones are refused at once.
     */
    private static Executor blocking(Vertx vertx, int threads) {
        if (threads < 1) {
            throw new UnusableSettingException(
                    "mca.keycloak.max-concurrent-requests", "has to be at least 1: " + threads);
        }
        return pool(vertx, "keycloak", threads, threads * WAITING_PER_THREAD);
    }

    private static Executor pool(Vertx vertx, String name, int threads, int waiting) {
        WorkerExecutor worker =
                vertx.createSharedWorkerExecutor(name, threads, WORTH_A_WARNING_MINUTES, TimeUnit.MINUTES);
        Semaphore room = new Semaphore(threads + waiting);
        return task -> {
            if (!room.tryAcquire()) {
                throw new RejectedExecutionException("too many requests wait for Keycloak");
            }
            Runnable carried = TracedWork.carried(task);
            worker.executeBlocking(
                    () -> {
                        try {
                            carried.run();
                        } finally {
                            room.release();
                        }
                        return null;
                    },
                    false);
        };
    }

    /** On the JDK's own timer thread. */
    private static void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(task);
    }

    /** Quarkus shows the operator the message of a {@code ConfigurationException}, and of others a stack trace. */
    static <T> T usable(Supplier<T> setting) {
        try {
            return setting.get();
        } catch (IllegalArgumentException e) {
            throw StartLog.LOG.unusable(e.getMessage());
        }
    }
}
