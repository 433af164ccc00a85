package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.application.DemoApplication;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.keycloak.KeycloakBackend;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.keycloak.RunningKeycloak;
import io.github.multiclientauth.testbed.process.Child;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.StartFailedException;
import io.github.multiclientauth.testbed.provider.internet.StandInProviders;
import io.github.multiclientauth.testbed.web.Loop;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The whole chain on loopback: the stand-in providers and the applications in this process, and the shipped Keycloak extension and facade in
 * their own.
 *
 * <p>It is created, started and closed once. It can be closed at any time and from any thread.
 */
public final class Testbed implements AutoCloseable {

    public static final String PORTFOLIO = "portfolio";
    public static final String DASHBOARD = "dashboard";

    /** Aliases, in the order in which the applications offer them. */
    public static final List<String> PROVIDERS = List.of("github", "google", "facebook", "linkedin", "auth0");

    private static final String PORTFOLIO_TITLE = "Portfolio";
    private static final String DASHBOARD_TITLE = "Dashboard";

    private final Ports ports;
    private final Addresses addresses;
    private final RunSecrets secrets;
    private final RealApps real;
    private final Path logs;
    private final Running running = new Running();
    private volatile Thread starter;
    private StandInProviders providers;
    private ProviderApps apps;
    private RunningKeycloak keycloak;
    private FacadeServer facade;

    /**
     * @param real the real apps, for providers without a stand-in
     * @param logs the directory that receives every log of this run
     */
    public Testbed(Ports ports, RunSecrets secrets, RealApps real, Path logs) {
        this.ports = ports;
        this.addresses = Addresses.of(ports);
        this.secrets = secrets;
        this.real = real;
        this.logs = logs;
    }

    /**
     * Starts everything and returns when it is ready.
     *
     * @throws StartFailedException if something cannot start, or {@link #close} is called meanwhile; nothing is left
     *     running then
     */
    public void start(Artifacts artifacts, Progress progress) throws IOException {
        start(artifacts, KeycloakBackend.zip(artifacts.keycloakHome(), artifacts.extensionJar()), progress);
    }

    /** Starts everything with another kind of Keycloak. */
    public void start(Artifacts artifacts, KeycloakBackend backend, Progress progress) throws IOException {
        start(artifacts, backend, Map.of(), progress);
    }

    /**
     * Starts everything with more settings for the facade.
     *
     * @param facadeSettings environment variables
     */
    public void start(
            Artifacts artifacts, KeycloakBackend backend, Map<String, String> facadeSettings, Progress progress)
            throws IOException {
        ports.requireFree();
        boolean complete = false;
        starter = Thread.currentThread();
        try {
            running.add(new LogFile(logs.resolve("testbed.log")));
            String lifeline = JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline"));
            // Quick parts that could fail come first. Keycloak takes longest, and the facade starts at the same time.
            startInThisProcess(artifacts);
            keycloak = startKeycloak(backend, artifacts, lifeline, progress);
            facade = startFacade(artifacts, facadeSettings, lifeline);
            // First check that it starts at all. It reports a wrong setting at once.
            facade.awaitStart(progress.during("Starting Keycloak and the facade"));
            keycloak.awaitReady(progress.during("The facade has started, waiting for Keycloak"));
            facade.awaitReady(progress.during("Keycloak is ready, waiting for the facade to read its applications"));
            progress.say("Keycloak and the facade are ready");
            complete = true;
        } catch (InterruptedException stopped) {
            throw new StartFailedException("Stopped while it was starting", stopped);
        } finally {
            starter = null;
            if (!complete) {
                close();
            }
        }
    }

    private void startInThisProcess(Artifacts artifacts) throws IOException, InterruptedException {
        Loop loop = running.add(new Loop());
        providers = running.add(StandInProviders.start(
                loop.vertx(),
                ports.providers(),
                artifacts.workDirectory().resolve("providers-" + ports.providers()),
                Clock.systemUTC()));
        apps = ProviderApps.register(
                providers, KeycloakServer.issuer(ports.keycloak()).toString(), real);
        Origin portfolio = addresses.portfolio();
        Origin dashboard = addresses.dashboard();
        DemoApplication.Api api =
                new DemoApplication.Api(secrets.forwardAuth(), KeycloakServer.issuer(ports.keycloak()));
        startApplication(loop, PORTFOLIO_TITLE, portfolio, DASHBOARD_TITLE, dashboard, Optional.empty());
        startApplication(loop, DASHBOARD_TITLE, dashboard, PORTFOLIO_TITLE, portfolio, Optional.of(api));
    }

    private void startApplication(
            Loop loop,
            String title,
            Origin origin,
            String otherTitle,
            Origin other,
            Optional<DemoApplication.Api> api) {
        running.add(DemoApplication.start(
                loop.vertx(),
                new DemoApplication.Settings(
                        title, origin, ports.facade(), pictures(), otherTitle, other, offers(), api)));
    }

    /** The sources of pictures. Real providers serve pictures from hosts that cannot be listed. */
    private List<String> pictures() {
        String standIns = addresses.provider().toString();
        return real.isEmpty() ? List.of(standIns) : List.of(standIns, "https:");
    }

    private List<DemoApplication.Offer> offers() {
        return providers.all().stream()
                .map(standIn -> new DemoApplication.Offer(
                        standIn.alias(), standIn.ledger().provider()))
                .toList();
    }

    private RunningKeycloak startKeycloak(
            KeycloakBackend backend, Artifacts artifacts, String lifeline, Progress progress)
            throws IOException, InterruptedException {
        Map<String, String> realm = new HashMap<>(apps.realmVariables());
        realm.put("PORTFOLIO_ORIGIN", addresses.portfolio().toString());
        realm.put("DASHBOARD_ORIGIN", addresses.dashboard().toString());
        realm.put("PORTFOLIO_CLIENT_SECRET", secrets.portfolio());
        realm.put("DASHBOARD_CLIENT_SECRET", secrets.dashboard());
        realm.put("FACADE_CLIENT_SECRET", secrets.facadeAccount());
        return running.add(backend.start(
                new KeycloakServer.Settings(
                        ports.keycloak(),
                        artifacts.realmFile(),
                        realm,
                        providers.keycloakOptions(apps.standIns()),
                        KeycloakServer.SHORT_LIVED,
                        secrets.administrator(),
                        logs.resolve("keycloak.log")),
                logs.resolve("keycloak-build.log"),
                lifeline,
                progress.during("Building the extension into Keycloak, once per version")));
    }

    private FacadeServer startFacade(Artifacts artifacts, Map<String, String> more, String lifeline)
            throws IOException {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("MCA_FORWARD_AUTH_SECRET", secrets.forwardAuth());
        return running.add(FacadeServer.start(
                artifacts.facadeJar(),
                new FacadeServer.Settings(
                        ports.facade(),
                        ports.facadeManagement(),
                        keycloak.issuer(),
                        secrets.auth(),
                        secrets.facadeAccount(),
                        Map.of(PORTFOLIO, secrets.portfolio(), DASHBOARD, secrets.dashboard()),
                        settings,
                        logs.resolve("facade.log")),
                lifeline));
    }

    public Addresses addresses() {
        return addresses;
    }

    /** The port of the facade for operators. */
    public int managementPort() {
        return ports.facadeManagement();
    }

    public RunSecrets secrets() {
        return secrets;
    }

    /** The folder with every log of this run. */
    public Path logs() {
        return logs;
    }

    /** The real apps of this run. */
    public RealApps real() {
        return real;
    }

    /** Available only after {@link #start}. */
    public StandInProviders providers() {
        return providers;
    }

    /** Available only after {@link #start}. */
    public ProviderApps apps() {
        return apps;
    }

    /** Available only after {@link #start}. */
    public RunningKeycloak keycloak() {
        return keycloak;
    }

    /** Completes with the first child process that ends. Available only after {@link #start}. */
    CompletableFuture<Child> firstEnd() {
        return CompletableFuture.anyOf(
                        keycloak.process().end(), facade.process().end())
                .thenApply(Child.class::cast);
    }

    /** Ends everything, including parts that are still starting, and returns when all have ended. */
    @Override
    public void close() {
        Thread starting = starter;
        if (starting != null && starting != Thread.currentThread()) {
            starting.interrupt();
        }
        running.close();
    }
}
