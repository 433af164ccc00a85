package io.github.multiclientauth.testbed.provider.internet;

import io.github.multiclientauth.testbed.web.TrustedAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A client that connects as Keycloak does: through the proxy, with trust in the run's authority. */
final class RealHostsClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private RealHostsClient() {}

    static HttpClient of(Set<String> hosts, int proxyPort, Path authority) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .proxy(new ByHost(hosts, new InetSocketAddress("127.0.0.1", proxyPort)))
                .sslContext(TrustedAuthority.only(authority))
                .build();
    }

    private static final class ByHost extends ProxySelector {

        private final Set<String> hosts;
        private final Proxy proxy;

        ByHost(Set<String> hosts, InetSocketAddress proxy) {
            this.hosts = hosts;
            this.proxy = new Proxy(Proxy.Type.HTTP, proxy);
        }

        @Override
        public List<Proxy> select(URI address) {
            return List.of(hosts.contains(address.getHost()) ? proxy : Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxyAddress, IOException cause) {
            // There is no other proxy to try.
        }
    }
}
