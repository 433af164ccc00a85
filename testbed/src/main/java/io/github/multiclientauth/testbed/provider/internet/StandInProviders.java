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
 * All the stand-in providers, found in two ways: at their real host names, over TLS and through a proxy, which is how
 * Keycloak reaches them; and below their aliases at one plain address, for browsers on a machine where those names mean
 * the real ones.
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
     * Listens when it returns. No app is registered yet.
     *
     * @param port of the plain address; those of TLS and of the proxy are chosen, only Keycloak needs to know
     * @param directory receives the certificate of this run's authority
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

    /** Each of them. */
    public List<StandIn> all() {
        return sites.all();
    }

    /** Who has accounts: the same people at each. */
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

    /** Where a browser that knows nothing of all this finds them, each below its alias. */
    public Origin address() {
        return address;
    }

    /** Where such a browser is to be sent to sign in at {@code standIn}: a provider's "Authorization URL" in Keycloak. */
    public URI authorizationUrl(StandIn standIn) {
        return URI.create(address + "/" + standIn.alias() + standIn.authorizePath());
    }

    /** Every code and token that any of them ever handed out: none may be found in a log. */
    public Stream<String> everHandedOut() {
        return all().stream().flatMap(standIn -> standIn.ledger().handedOut().all());
    }

    /**
     * What leads a Keycloak to the stand-ins whenever it calls one of the real hosts: options of {@code kc.sh start}.
     *
     * @param played which of {@link #all} it shall find; at the hosts of the others it finds the real ones
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
     * What leads a Chromium to the stand-ins at the real host names: options of its command line. It trusts the one key of
     * this run and no authority.
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

    /** The real host names that are played here. */
    public Set<String> hosts() {
        return hosts;
    }

    /** What comes to the real host names. */
    public Traffic traffic() {
        return traffic;
    }

    /** The port of the proxy on 127.0.0.1 that leads to them. */
    public int proxyPort() {
        return proxyPort;
    }

    /** A client for which the real host names are the stand-ins', as they are for Keycloak. Others are themselves. */
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
