package io.github.multiclientauth.testbed.provider.internet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Goes the way that Keycloak goes: through the proxy, and trusting the run's authority. */
final class RealHostsClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private RealHostsClient() {}

    static HttpClient of(Set<String> hosts, int proxyPort, Path authority) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .proxy(new ByHost(hosts, new InetSocketAddress("127.0.0.1", proxyPort)))
                .sslContext(trusting(authority))
                .build();
    }

    private static SSLContext trusting(Path authority) {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("The authority's certificate is not usable", broken);
        }
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
            // There is no other way to try.
        }
    }
}
