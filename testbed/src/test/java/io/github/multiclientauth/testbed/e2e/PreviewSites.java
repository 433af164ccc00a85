package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Running;
import io.github.multiclientauth.testbed.npm.NextJsBuild;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import io.github.multiclientauth.testbed.proxy.Nginx;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Previews of an application over TLS, all hosts under one wildcard certificate and behind one nginx with the server block of
 * the documentation. The server of the first preview is the Next.js example, with the secret that previews have.
 */
final class PreviewSites implements AutoCloseable {

    static final String CLIENT = "previewed-over-tls";

    /** The callback host, to which Keycloak redirects. */
    static final String HOME = "https://portfolio.example.com";

    static final String PREVIEW = "https://pr-12-preview.example.com";

    static final String OTHER_PREVIEW = "https://pr-13-preview.example.com";

    /** A host with two labels where the pattern has one. nginx accepts it, because <code>*</code> of a server name matches both. */
    static final String ASTRAY = "https://pr-12.x-preview.example.com";

    private static final String PATTERN = "https://*-preview.example.com";
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final Chain chain;
    private final Ports ports = Ports.free();
    private final Running running = new Running();

    private TlsCertificate certificate;

    private PreviewSites(Chain chain) {
        this.chain = chain;
    }

    static PreviewSites start(Chain chain) throws Exception {
        PreviewSites sites = new PreviewSites(chain);
        boolean complete = false;
        try {
            // First the programs that may be missing on this machine.
            NodeJs node = NodeJs.installed();
            sites.startNginx();
            Path work = Path.of(System.getProperty("testbed.npm.directory"));
            Path application =
                    new NextJsBuild(node, Path.of("..").toAbsolutePath().normalize(), work).run();
            sites.createClient();
            FacadeServer facade = OwnFacade.startTrusting(chain, sites.ports, Map.of(), "facade-previews.log");
            sites.running.add(facade);
            sites.startPreview(node, application);
            complete = true;
            return sites;
        } finally {
            if (!complete) {
                sites.close();
            }
        }
    }

    private void startNginx() throws IOException, InterruptedException, GeneralSecurityException {
        Path directory = Files.createDirectories(Artifacts.of(System.getProperties())
                .workDirectory()
                .toAbsolutePath()
                .resolve("preview-sites"));
        certificate = TlsCertificate.create(directory, List.of("*.example.com"));
        String server = Files.readString(Path.of("..", "docs", "proxies", "nginx-same-origin.conf"))
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + ports.dashboard() + " ssl;")
                .replaceAll(
                        "/etc/nginx/tls/\\S+\\.crt",
                        certificate.certificateFile().toString())
                .replaceAll("/etc/nginx/tls/\\S+\\.key", certificate.keyFile().toString())
                .replace("server_name portfolio.example.com;", "server_name *.example.com;")
                .replace("facade.internal:8090", "127.0.0.1:" + ports.facade())
                .replace("portfolio.internal:3000", "127.0.0.1:" + ports.portfolio())
                // The value for a browser at the usual port of TLS.
                .replace("$server_port", "443");
        Nginx nginx = Nginx.start(directory, ports.dashboard(), List.of(server));
        running.add(nginx);
    }

    private void createClient() {
        KeycloakAdministrator administrator = chain.administrator();
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("name", "Previewed").put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(HOME);
        settings.putArray("redirectUris").add(HOME + "/api/auth/callback/*");
        administrator.createPlainClient(CLIENT, settings);
        running.add(() -> administrator.deleteClient(CLIENT));
        administrator.optIn(CLIENT);
        ObjectNode mapper = JsonNodeFactory.instance
                .objectNode()
                .put("name", "Previews")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-preview-origins-mapper");
        mapper.putObject("config").put("preview.patterns", PATTERN).put("preview.callback.origin", HOME);
        administrator.addMapper(CLIENT, mapper);
    }

    private void startPreview(NodeJs node, Path application) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of(
                "NODE_ENV",
                "production",
                "AUTH_URL",
                PREVIEW,
                "AUTH_SECRET",
                PrintedSecret.ofPreviews(chain.secrets().auth(), CLIENT),
                "AUTH_FACADE_URL",
                "http://127.0.0.1:" + ports.facade(),
                "AUTH_KEYCLOAK_ISSUER",
                chain.issuer().toString(),
                "AUTH_KEYCLOAK_ID",
                CLIENT);
        JavaChild server = node.start(
                "The server of a preview",
                List.of(
                        NextJsBuild.next(application),
                        "start",
                        "--hostname",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(ports.portfolio()),
                        application.toString()),
                environment,
                chain.logs().resolve("preview.log"));
        running.add(server);
        URI page = URI.create("http://127.0.0.1:" + ports.portfolio() + "/");
        new Readiness().await(server, page, 200, START_LIMIT, passed -> {});
    }

    /** The options of a Chromium that reaches all of them. */
    List<String> chromiumOptions() throws GeneralSecurityException {
        return List.of(
                "--host-resolver-rules=MAP *.example.com:443 127.0.0.1:" + ports.dashboard(),
                "--ignore-certificate-errors-spki-list=" + certificate.publicKeyPin());
    }

    @Override
    public void close() {
        running.close();
    }
}
