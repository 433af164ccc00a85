package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Running;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import io.github.multiclientauth.testbed.proxy.Apache;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One application at its own origin. Its web server forwards to a facade, with the configuration of the documentation. */
final class ForwardingSite implements AutoCloseable {

    private static final Path SNIPPETS = Path.of("..", "docs", "proxies");
    private static final Path SDK = Path.of("..", "sdk", "src");
    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(4);

    private static final String PAGE =
            "<!DOCTYPE html><html lang=\"en\"><title>Application</title><h1>Application</h1>";

    private final Chain chain;
    private final String clientId;
    private final String origin;
    private final Ports ports;
    private final Path directory;
    private final Running running = new Running();

    private TlsCertificate certificate;

    private ForwardingSite(Chain chain, String clientId, String origin, Ports ports, Path directory) {
        this.chain = chain;
        this.clientId = clientId;
        this.origin = origin;
        this.ports = ports;
        this.directory = directory;
    }

    /** Starts Apache with TLS at a host name. The rest of the site is the portfolio application's server. */
    static ForwardingSite behindApache(Chain chain) throws Exception {
        Ports ports = Ports.free();
        ForwardingSite site =
                new ForwardingSite(chain, "behind-apache", "https://apache.example.test", ports, work("behind-apache"));
        return site.started(() -> {
            site.certificate = TlsCertificate.create(site.directory, List.of("apache.example.test"));
            String virtualHost = Files.readString(SNIPPETS.resolve("apache-same-origin.conf"))
                    .replace("<VirtualHost *:443>", "<VirtualHost 127.0.0.1:" + ports.portfolio() + ">")
                    .replaceAll(
                            "/etc/apache2/tls/\\S+\\.crt",
                            site.certificate.certificateFile().toString())
                    .replaceAll(
                            "/etc/apache2/tls/\\S+\\.key",
                            site.certificate.keyFile().toString())
                    .replace("portfolio.example.com", "apache.example.test")
                    .replace("facade.internal:8090", "127.0.0.1:" + ports.facade())
                    .replace(
                            "portfolio.internal:3000",
                            "localhost:" + chain.portfolio().port());
            // First the program that may be missing on this machine.
            Apache apache = Apache.start(site.directory, ports.portfolio(), List.of(virtualHost));
            site.running.add(apache);
            site.createClient();
            site.startFacade();
        });
    }

    /** Starts Vite's development server in front of a facade that trusts no proxy. */
    static ForwardingSite withVite(Chain chain) throws Exception {
        Ports ports = Ports.free();
        // A development server also writes to the folders above its own.
        ForwardingSite site = new ForwardingSite(
                chain, "with-vite", "http://localhost:" + ports.portfolio(), ports, packages("site-vite"));
        return site.started(() -> {
            Files.writeString(site.directory.resolve("index.html"), PAGE);
            Files.writeString(
                    site.directory.resolve("vite.config.js"),
                    Files.readString(SNIPPETS.resolve("vite.config.js"))
                            .replace("5173", Integer.toString(ports.portfolio()))
                            .replace(":8090", ":" + chain.facade().port()));
            site.createClient();
            JavaChild vite = NodeJs.installed()
                    .start(
                            "Vite",
                            List.of(site.script("vite/bin/vite.js"), site.directory.toString(), "--host", "127.0.0.1"),
                            Map.of(),
                            chain.logs().resolve("vite.log"));
            site.running.add(vite);
            // Until the facade has read the client.
            site.awaitAnswer(vite, "/api/auth/csrf");
        });
    }

    /** Starts the server of Next.js, with an application of one page. */
    static ForwardingSite withNextJs(Chain chain) throws Exception {
        return nextJs(chain, "with-rewrites", "next.config.mjs", site -> site.page("index", "Application"), "/");
    }

    /** Starts the server of Next.js, with an application below {@code /docs} whose page needs a sign-in. */
    static ForwardingSite withNextJsBelowABasePath(Chain chain) throws Exception {
        return nextJs(
                chain,
                "with-base-path",
                "next-base-path.config.mjs",
                site -> {
                    site.page("index", "Application");
                    site.page("dashboard", "Dashboard");
                    site.copySdk();
                    Files.writeString(
                            site.directory.resolve("middleware.js"),
                            "export { auth as middleware } from './sdk/next.js';\n"
                                    + "export const config = { matcher: ['/dashboard/:path*'] };\n");
                },
                "/docs");
    }

    private interface Sources {
        void write(ForwardingSite site) throws Exception;
    }

    private static ForwardingSite nextJs(Chain chain, String clientId, String config, Sources files, String page)
            throws Exception {
        Ports ports = Ports.free();
        ForwardingSite site = new ForwardingSite(
                chain, clientId, "http://localhost:" + ports.portfolio(), ports, packages("site-" + clientId));
        return site.started(() -> {
            files.write(site);
            Files.writeString(
                    site.directory.resolve("next.config.mjs"),
                    Files.readString(SNIPPETS.resolve(config))
                            .replace("facade.internal:8090", "127.0.0.1:" + ports.facade()));
            NodeJs node = NodeJs.installed();
            String next = site.script("next/dist/bin/next");
            Map<String, String> environment = Map.of(
                    "NODE_ENV",
                    "production",
                    "AUTH_URL",
                    site.origin,
                    "AUTH_SECRET",
                    PrintedSecret.of(chain.secrets().auth(), clientId));
            node.run(
                    "next build",
                    List.of(next, "build", site.directory.toString()),
                    environment,
                    chain.logs().resolve(clientId + "-build.log"),
                    BUILD_LIMIT);
            site.createClient();
            site.startFacade();
            JavaChild server = node.start(
                    "Next.js",
                    List.of(
                            next,
                            "start",
                            "--hostname",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(ports.portfolio()),
                            site.directory.toString()),
                    environment,
                    chain.logs().resolve(clientId + ".log"));
            site.running.add(server);
            site.awaitAnswer(server, page);
        });
    }

    private void page(String name, String heading) throws IOException {
        Files.writeString(
                Files.createDirectories(directory.resolve("pages")).resolve(name + ".js"),
                "export default function Page() { return <h1>" + heading + "</h1>; }\n");
    }

    String clientId() {
        return clientId;
    }

    String origin() {
        return origin;
    }

    /** The port of the web server, on loopback. */
    int port() {
        return ports.portfolio();
    }

    /** The certificate of a site with TLS. */
    TlsCertificate certificate() {
        return certificate;
    }

    /** The options of a Chromium that reaches the site. */
    List<String> chromiumOptions() throws GeneralSecurityException {
        return certificate == null
                ? List.of()
                : List.of(
                        "--host-resolver-rules=MAP *.test:443 127.0.0.1:" + port(),
                        "--ignore-certificate-errors-spki-list=" + certificate.publicKeyPin());
    }

    private interface Start {
        void run() throws Exception;
    }

    private ForwardingSite started(Start start) throws Exception {
        boolean complete = false;
        try {
            start.run();
            complete = true;
            return this;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private void createClient() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("name", "Behind a proxy").put("publicClient", true).put("standardFlowEnabled", true);
        settings.putArray("webOrigins").add(origin);
        settings.putArray("redirectUris").add(origin + "/api/auth/callback/*");
        KeycloakAdministrator administrator = chain.administrator();
        administrator.createPlainClient(clientId, settings);
        running.add(() -> administrator.deleteClient(clientId));
        administrator.optIn(clientId);
    }

    private void startFacade() throws IOException {
        FacadeServer facade = OwnFacade.startTrusting(chain, ports, Map.of(), "facade-" + clientId + ".log");
        running.add(facade);
    }

    private void awaitAnswer(JavaChild server, String path) {
        new Readiness().await(server, URI.create(origin + path), 200, START_LIMIT, passed -> {});
    }

    private void copySdk() throws IOException {
        Path to = Files.createDirectories(directory.resolve("sdk"));
        try (Stream<Path> sources = Files.list(SDK)) {
            for (Path source : sources.toList()) {
                Files.write(to.resolve(source.getFileName()), Files.readAllBytes(source));
            }
        }
    }

    private static Path work(String name) throws IOException {
        return Files.createDirectories(Artifacts.of(System.getProperties())
                .workDirectory()
                .toAbsolutePath()
                .resolve(name));
    }

    /** A folder below the installed packages, so that Node.js finds them. */
    private static Path packages(String name) throws IOException, InterruptedException {
        return Files.createDirectories(ClientPages.clients().packages().resolveSibling(name));
    }

    private String script(String script) {
        return directory.resolveSibling("node_modules").resolve(script).toString();
    }

    @Override
    public void close() {
        running.close();
    }
}
