package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.multiclientauth.facade.seal.FileAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedCertificatesTest {

    private static final String PASSWORD = "of this test";

    @TempDir
    Path directory;

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private HttpsServer keycloak;
    private KeyStore keys;

    @BeforeEach
    void a_keycloak_whose_certificate_no_public_authority_has_signed() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "keycloak",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, PASSWORD.toCharArray());
        }
        start(keys);
    }

    /** Starts a Keycloak that asks clients for a certificate and trusts those in {@code trusted}. */
    private void start(KeyStore trusted) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        keycloak = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keycloak.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters asking = getSSLContext().getDefaultSSLParameters();
                asking.setWantClientAuth(true);
                connection.setSSLParameters(asking);
            }
        });
        keycloak.createContext("/", exchange -> {
            shown.add(shown((HttpsExchange) exchange));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        keycloak.start();
    }

    private static String shown(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException nothing) {
            return "";
        }
    }

    /** RFC 8705, section 2.2. */
    @Test
    void shows_the_certificate_of_its_key_to_a_keycloak_that_trusts_it() throws Exception {
        Path pem = Files.writeString(directory.resolve("authority.pem"), pem(keys));
        ClientKeys own = ClientKeys.inFile(
                directory.resolve("keys.json"),
                Duration.ofMinutes(5),
                FileAccess.OWNER_ALONE,
                problem -> {},
                Clock.systemUTC());
        KeycloakRequests before = requests(Optional.of(TrustedCertificates.read(pem)), Optional.of(own));

        assertThat(status(before)).as("one that does not know it").isEqualTo(204);
        assertThat(shown).containsExactly("");

        keys.setCertificateEntry(
                "facade",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                own.certificates().get(0).getBytes(StandardCharsets.US_ASCII))));
        keycloak.stop(0);
        start(keys);
        String old = "CN=Multi-Client Auth " + own.signing().getKeyID();
        own.rotate();

        assertThat(status(requests(Optional.of(TrustedCertificates.read(pem)), Optional.of(own))))
                .isEqualTo(204);
        assertThat(shown.get(1)).as("while the new one is not trusted yet").isEqualTo(old);
    }

    @AfterEach
    void stop() {
        keycloak.stop(0);
    }

    @Test
    void requests_reach_a_keycloak_that_only_the_file_vouches_for() throws Exception {
        assertThatThrownBy(() -> status(Optional.empty())).isInstanceOf(SSLHandshakeException.class);
        Path pem = Files.writeString(directory.resolve("authority.pem"), pem(keys));

        assertThat(status(Optional.of(TrustedCertificates.read(pem)))).isEqualTo(204);
        assertThatThrownBy(() -> status(Optional.empty()))
                .as("others trust whom they trusted before")
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void a_file_that_is_missing_empty_or_something_else_is_named() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path other = Files.writeString(directory.resolve("other.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        for (Path file : new Path[] {directory.resolve("missing.pem"), empty, other}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TrustedCertificates.read(file))
                    .withMessageStartingWith("mca.keycloak.trusted-certificates: " + file);
        }
    }

    private static KeycloakRequests requests(Optional<TrustedCertificates> trusted, Optional<ClientKeys> own) {
        return new KeycloakRequests(Duration.ofSeconds(10), Duration.ofSeconds(10), trusted, own, KeycloakWatch.NONE);
    }

    private int status(Optional<TrustedCertificates> trusted) throws IOException {
        return status(requests(trusted, Optional.empty()));
    }

    private int status(KeycloakRequests requests) throws IOException {
        return requests.send(KeycloakEndpoint.METADATA, new HTTPRequest(HTTPRequest.Method.GET, URI.create(address())))
                .getStatusCode();
    }

    private String address() {
        return "https://127.0.0.1:" + keycloak.getAddress().getPort() + "/";
    }

    private static String pem(KeyStore keys) throws Exception {
        X509Certificate certificate = (X509Certificate) keys.getCertificate("keycloak");
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
