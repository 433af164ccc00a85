package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Running;
import io.github.multiclientauth.testbed.proxy.Nginx;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;

/**
 * Three applications with TLS at their own host names, behind a real nginx with the server blocks of the documentation. Their facade trusts
 * this proxy and has its own host.
 */
final class ProxiedSites implements AutoCloseable {

    /** An application at its own origin, which forwards to the facade. */
    static final String OWN = "https://own.example.test";

    /** An application on a sibling of the facade's host. */
    static final String SIBLING = "https://sibling.example.test";

    /** An application at another site than the facade. */
    static final String FAR = "https://far.other.test";

    /** The facade's own host. */
    static final String CENTRAL = "https://auth.example.test";

    private static final String PAGE =
            "<!DOCTYPE html><html lang=\"en\"><title>Application</title><h1>Application</h1>";

    private final Running running;
    private final TlsCertificate certificate;
    private final int port;

    private ProxiedSites(Running running, TlsCertificate certificate, int port) {
        this.running = running;
        this.certificate = certificate;
        this.port = port;
    }

    static ProxiedSites start(Chain chain) throws IOException, InterruptedException, GeneralSecurityException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Path directory = Files.createDirectories(
                artifacts.workDirectory().toAbsolutePath().resolve("proxied-sites"));
        TlsCertificate certificate = TlsCertificate.create(directory, List.of("*.example.test", "*.other.test"));
        Ports ports = Ports.free();
        Running running = new Running();
        boolean complete = false;
        try {
            // First the program that may be missing on this machine.
            running.add(Nginx.start(directory, ports.portfolio(), servers(certificate, directory, ports)));
            createClients(chain.administrator());
            running.add(() -> deleteClients(chain.administrator()));
            running.add(OwnFacade.startTrusting(
                    chain, ports, Map.of("MCA_CENTRAL_ORIGINS", CENTRAL), "facade-proxied.log"));
            complete = true;
            return new ProxiedSites(running, certificate, ports.portfolio());
        } finally {
            if (!complete) {
                running.close();
            }
        }
    }

    /** The documentation's server blocks, with this run's addresses in place of its examples. */
    private static List<String> servers(TlsCertificate certificate, Path directory, Ports ports) throws IOException {
        Path docs = Path.of("..", "docs", "proxies");
        String own = Files.readString(docs.resolve("nginx-same-origin.conf"));
        String central = Files.readString(docs.resolve("nginx-central.conf"));
        String application = own.substring(own.indexOf("    location / {"), own.lastIndexOf('}'));
        Files.writeString(directory.resolve("index.html"), PAGE);
        String page = "    location / { root " + directory + "; try_files /index.html =404; }\n";
        String elsewhere = own.substring(0, own.indexOf("    location /api/auth/")) + page + "}\n";
        return List.of(
                        own.replace(application, page).replace("portfolio.example.com", "own.example.test"),
                        elsewhere.replace("portfolio.example.com", "sibling.example.test"),
                        elsewhere.replace("portfolio.example.com", "far.other.test"),
                        central.replace("auth.example.com", "auth.example.test"))
                .stream()
                .map(server -> server.replace("listen 443 ssl;", "listen 127.0.0.1:" + ports.portfolio() + " ssl;")
                        .replaceAll(
                                "/etc/nginx/tls/\\S+\\.crt",
                                certificate.certificateFile().toString())
                        .replaceAll(
                                "/etc/nginx/tls/\\S+\\.key",
                                certificate.keyFile().toString())
                        .replace("facade.internal:8090", "127.0.0.1:" + ports.facade())
                        // The value for a browser at the usual port of TLS.
                        .replace("$server_port", "443"))
                .toList();
    }

    private static void createClients(KeycloakAdministrator administrator) {
        administrator.createPlainClient("own", client(OWN, OWN));
        administrator.createPlainClient("sibling", client(SIBLING, CENTRAL));
        administrator.createPlainClient("far", client(FAR, CENTRAL));
        List.of("own", "sibling", "far").forEach(administrator::optIn);
    }

    private static ObjectNode client(String origin, String callbackHost) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("name", "Behind a proxy").put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(origin);
        settings.putArray("redirectUris").add(callbackHost + "/api/auth/callback/*");
        return settings;
    }

    private static void deleteClients(KeycloakAdministrator administrator) {
        List.of("own", "sibling", "far").forEach(administrator::deleteClient);
    }

    /** The options of a Chromium that reaches all of them and keeps no third-party cookies. */
    List<String> chromiumOptions() throws GeneralSecurityException {
        return List.of(
                "--host-resolver-rules=MAP *.test:443 127.0.0.1:" + port,
                "--ignore-certificate-errors-spki-list=" + certificate.publicKeyPin(),
                "--test-third-party-cookie-phaseout");
    }

    TlsCertificate certificate() {
        return certificate;
    }

    /** The port of nginx. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        running.close();
    }
}
