package io.github.multiclientauth.testbed.provider.internet;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.provider.People;
import io.github.multiclientauth.testbed.provider.auth0.StandInAuth0;
import io.github.multiclientauth.testbed.provider.facebook.StandInFacebook;
import io.github.multiclientauth.testbed.provider.github.StandInGitHub;
import io.github.multiclientauth.testbed.provider.google.StandInGoogle;
import io.github.multiclientauth.testbed.provider.linkedin.StandInLinkedIn;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.github.multiclientauth.testbed.web.LoopbackServer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All stand-in providers. Keycloak reaches them at their real host names, over TLS and through a proxy. Browsers reach them at one plain
 * address, below their aliases, because for browsers the host names lead to the real providers.
 */
public final class StandInProviders implements AutoCloseable {

    private final Origin address;
    private final ProviderSites sites;
    private final Traffic traffic = new Traffic();
    private final Deque<AutoCloseable> servers = new ArrayDeque<>();
    private Set<String> hosts = Set.of();
    private Certificates certificates;
    private int securePort;
    private int proxyPort;

    private StandInProviders(Vertx vertx, int port, Clock clock) {
        address = new Origin("http", "localhost", port);
        sites = new ProviderSites(vertx, URI.create(address.toString()), clock);
    }

    /**
     * Starts all stand-ins, and returns when they listen. No app is registered yet.
     *
     * @param port the port of the plain address; the ports of TLS and of the proxy are free ones, which only Keycloak gets
     * @param directory gets the certificate of this run's authority
     */
    public static StandInProviders start(Vertx vertx, int port, Path directory, Clock clock)
            throws IOException, InterruptedException {
        StandInProviders providers = new StandInProviders(vertx, port, clock);
        boolean complete = false;
        try {
            providers.listen(vertx, directory);
            complete = true;
            return providers;
        } finally {
            if (!complete) {
                providers.close();
            }
        }
    }

    private void listen(Vertx vertx, Path directory) throws IOException, InterruptedException {
        Map<String, Handler<HttpServerRequest>> byHost = new HashMap<>();
        sites.byHost().forEach((host, router) -> byHost.put(host, watched(vertx, router)));
        hosts = Set.copyOf(byHost.keySet());
        servers.push(LoopbackServer.listen(vertx, "The stand-in providers", address.port(), sites.plain()));
        certificates = Certificates.create(directory, hosts);
        RealHosts secure = RealHosts.listen(vertx, certificates, Map.copyOf(byHost));
        servers.push(secure);
        securePort = secure.port();
        ConnectProxy proxy = ConnectProxy.listen(vertx, hosts, secure.port());
        servers.push(proxy);
        proxyPort = proxy.port();
    }

    private Router watched(Vertx vertx, Router host) {
        Router watched = Router.router(vertx);
        watched.route().handler(traffic::note);
        watched.route("/*").subRouter(host);
        return watched;
    }

    /** All stand-ins. */
    public List<StandIn> all() {
        return sites.all();
    }

    /** The people with accounts. They are the same at each provider. */
    public People people() {
        return sites.people();
    }

    public StandInGitHub gitHub() {
        return sites.gitHub();
    }

    public StandInGoogle google() {
        return sites.google();
    }

    public StandInFacebook facebook() {
        return sites.facebook();
    }

    public StandInLinkedIn linkedIn() {
        return sites.linkedIn();
    }

    public StandInAuth0 auth0() {
        return sites.auth0();
    }

    /** The address for ordinary browsers. Each provider is below its alias. */
    public Origin address() {
        return address;
    }

    /** The address at which such a browser signs in at {@code standIn}. In Keycloak it is a provider's "Authorization URL". */
    public URI authorizationUrl(StandIn standIn) {
        return URI.create(address + "/" + standIn.alias() + standIn.authorizePath());
    }

    /** Every code and token that they have issued. None of them may be in a log. */
    public Stream<String> everHandedOut() {
        return all().stream().flatMap(standIn -> standIn.ledger().handedOut().all());
    }

    /**
     * The options of {@code kc.sh start} with which Keycloak reaches the stand-ins when it calls the real hosts.
     *
     * @param played those of {@link #all} that it reaches; at the hosts of the others it reaches the real ones
     */
    public List<String> keycloakOptions(Collection<StandIn> played) {
        if (played.isEmpty()) {
            return List.of();
        }
        String pattern = played.stream()
                .flatMap(standIn -> standIn.hosts().keySet().stream())
                .sorted()
                .map(host -> host.replace(".", "\\."))
                .collect(Collectors.joining("|", "(", ")"));
        return List.of(
                "--truststore-paths=" + certificates.authorityFile(),
                "--spi-connections-http-client--default--proxy-mappings=" + pattern + ";http://127.0.0.1:" + proxyPort);
    }

    /**
     * The command-line options with which a Chromium reaches the stand-ins at the real host names. It trusts the one key of this run and
     * no authority.
     */
    public List<String> chromiumOptions() {
        return List.of(
                "--host-resolver-rules="
                        + hosts.stream()
                                .sorted()
                                .map(host -> "MAP " + host + ":443 127.0.0.1:" + securePort)
                                .collect(Collectors.joining(", ")),
                "--ignore-certificate-errors-spki-list=" + certificates.publicKeyPin());
    }

    /** The real host names that the stand-ins serve. */
    public Set<String> hosts() {
        return hosts;
    }

    /** The requests to the real host names. */
    public Traffic traffic() {
        return traffic;
    }

    /** The port of the proxy on 127.0.0.1. */
    public int proxyPort() {
        return proxyPort;
    }

    /** A client that reaches the stand-ins at the real host names, as Keycloak does. Other hosts are the real ones. */
    public HttpClient httpClient() {
        return RealHostsClient.of(hosts, proxyPort, certificates.authorityFile());
    }

    @Override
    public void close() {
        while (!servers.isEmpty()) {
            try {
                servers.pop().close();
            } catch (Exception none) {
                throw new IllegalStateException("Closing these servers throws nothing", none);
            }
        }
    }
}
