package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.application.DemoApplication;
import io.github.multiclientauth.testbed.process.StartFailedException;
import io.github.multiclientauth.testbed.provider.internet.ProviderSites;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.github.multiclientauth.testbed.web.Loop;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The profile {@code demo} of {@code docker-compose.yml}: a container with the applications' pages and the stand-in providers. In the
 * network that they share with Keycloak, the stand-ins have the real host names. Browsers reach them through nginx, which also forwards
 * {@code /api/auth/*} to the facade.
 */
public final class DemoContainer {

    private static final int PORTFOLIO_PORT = 3000;
    private static final int DASHBOARD_PORT = 3001;
    private static final int PROVIDERS_PORT = 4000;
    private static final int REAL_HOSTS_PORT = 443;
    private static final long LIMIT_SECONDS = 10;

    private final Map<String, String> environment;
    private final Vertx vertx;

    private DemoContainer(Map<String, String> environment, Vertx vertx) {
        this.environment = environment;
        this.vertx = vertx;
    }

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) throws Exception {
        try (Loop loop = new Loop()) {
            new DemoContainer(System.getenv(), loop.vertx()).listen();
            System.out.println("Ready: the demo applications and the stand-in providers");
            new CountDownLatch(1).await();
        }
    }

    private void listen() {
        Origin providers = origin("PROVIDERS_ORIGIN");
        Origin portfolio = origin("PORTFOLIO_ORIGIN");
        Origin dashboard = origin("DASHBOARD_ORIGIN");
        ProviderSites sites = new ProviderSites(vertx, URI.create(providers.toString()), Clock.systemUTC());
        sites.all().forEach(this::register);
        listen(REAL_HOSTS_PORT, tls(), sites.atRealHosts());
        listen(PROVIDERS_PORT, new HttpServerOptions(), sites.plain());
        List<DemoApplication.Offer> offers = sites.all().stream()
                .map(standIn -> new DemoApplication.Offer(
                        standIn.alias(), standIn.ledger().provider()))
                .toList();
        List<String> pictures = List.of(providers.toString());
        // Only nginx needs the port of the facade.
        listen(
                PORTFOLIO_PORT,
                new HttpServerOptions(),
                DemoApplication.pages(
                        vertx,
                        new DemoApplication.Settings(
                                "Portfolio", portfolio, 0, pictures, "Dashboard", dashboard, offers)));
        listen(
                DASHBOARD_PORT,
                new HttpServerOptions(),
                DemoApplication.pages(
                        vertx,
                        new DemoApplication.Settings(
                                "Dashboard", dashboard, 0, pictures, "Portfolio", portfolio, offers)));
    }

    private void register(StandIn standIn) {
        String prefix = standIn.alias().toUpperCase(Locale.ROOT);
        String issuer = origin("KEYCLOAK_ORIGIN") + "/realms/multi-client-auth";
        standIn.ledger()
                .apps()
                .register(new RegisteredApp(
                        required(prefix + "_CLIENT_ID"),
                        required(prefix + "_CLIENT_SECRET"),
                        "Multi-Client Auth demo",
                        Set.of(ProviderApps.callback(issuer, standIn.alias()))));
    }

    private HttpServerOptions tls() {
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(required("STAND_INS_CERTIFICATE"))
                        .setKeyPath(required("STAND_INS_KEY")));
    }

    /** Listens on every address of the container. The container's networks decide what can reach it. */
    private void listen(int port, HttpServerOptions options, Handler<HttpServerRequest> handler) {
        try {
            vertx.createHttpServer(options.setHost("0.0.0.0").setPort(port))
                    .requestHandler(handler)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailedException("Interrupted while starting", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new StartFailedException("The demo cannot listen on port " + port, failed);
        }
    }

    private Origin origin(String variable) {
        return Origin.parse(required(variable))
                .orElseThrow(
                        () -> new StartFailedException(variable + " must be an origin such as https://example.com"));
    }

    private String required(String variable) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            throw new StartFailedException(variable + " is not set; deploy/prepare --demo sets it");
        }
        return value;
    }
}
