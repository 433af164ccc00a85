package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.DemoTokens;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Running;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proxy.Apache;
import io.github.multiclientauth.testbed.proxy.Caddy;
import io.github.multiclientauth.testbed.proxy.HaProxy;
import io.github.multiclientauth.testbed.proxy.Nginx;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import io.github.multiclientauth.testbed.web.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One application behind each of the proxies that can ask the facade before they pass a request on, with the configurations of the
 * documentation. They have one facade, and one server for the application's pages and its API.
 */
final class ForwardAuthSites implements AutoCloseable {

    static final String CLIENT = "forward-auth";

    private static final Path SNIPPETS = Path.of("..", "docs", "proxies");

    /** The rule of all configurations. */
    private static final String PINNED = "client=" + CLIENT;

    /** The proxies, as their snippets are called. */
    enum Proxy {
        NGINX,
        CADDY,
        HAPROXY,
        APACHE;

        String host() {
            return name().toLowerCase(Locale.ROOT) + ".example.test";
        }

        String origin() {
            return "https://" + host();
        }
    }

    private final String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final Running running = new Running();
    private final Map<Proxy, Integer> ports = new EnumMap<>(Proxy.class);
    private final Path directory;
    private final TlsCertificate certificate;
    private final Upstream upstream;
    private final Ports facadePorts;

    private ForwardAuthSites() throws Exception {
        directory = Files.createDirectories(Artifacts.of(System.getProperties())
                .workDirectory()
                .toAbsolutePath()
                .resolve("forward-auth"));
        certificate = TlsCertificate.create(
                directory, Stream.of(Proxy.values()).map(Proxy::host).toList());
        facadePorts = Ports.free();
        for (Proxy proxy : Proxy.values()) {
            ports.put(proxy, Ports.free().portfolio());
        }
        upstream = running.add(Upstream.start(running.add(new Loop()).vertx(), facadePorts.portfolio()));
    }

    private void begin(Chain chain) throws IOException {
        KeycloakAdministrator administrator = chain.administrator();
        administrator.createPlainClient(CLIENT, client());
        running.add(() -> administrator.deleteClient(CLIENT));
        administrator.optIn(CLIENT);
        DemoTokens.mappers().forEach(mapper -> administrator.addMapper(CLIENT, (ObjectNode) mapper));
        running.add(OwnFacade.startTrusting(
                chain, facadePorts, Map.of("MCA_FORWARD_AUTH_SECRET", secret), "facade-forward-auth.log"));
    }

    static ForwardAuthSites start(Chain chain) throws Exception {
        ForwardAuthSites sites = new ForwardAuthSites();
        boolean complete = false;
        try {
            sites.begin(chain);
            complete = true;
            return sites;
        } finally {
            if (!complete) {
                sites.close();
            }
        }
    }

    private static ObjectNode client() {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("name", "Behind a proxy").put("publicClient", true).put("standardFlowEnabled", true);
        for (Proxy proxy : Proxy.values()) {
            settings.withArray("webOrigins").add(proxy.origin());
            settings.withArray("redirectUris").add(proxy.origin() + "/api/auth/callback/*");
        }
        return settings;
    }

    /** The server behind the proxies. */
    Upstream upstream() {
        return upstream;
    }

    TlsCertificate certificate() {
        return certificate;
    }

    /** Starts a proxy. Its port stays the same for all tests, for the browser. */
    Part start(Proxy proxy) throws Exception {
        return start(proxy, ports.get(proxy), text -> text);
    }

    /** Starts a proxy that also asks whether the user has signed in with a provider. */
    Part startWithRule(Proxy proxy, String provider) throws Exception {
        return startWithRules(proxy, PINNED + "&provider=" + provider);
    }

    /** Starts a proxy that protects another application, and whose configuration has this one's host by mistake. */
    Part startForAnotherApplication(Proxy proxy) throws Exception {
        return startWithRules(proxy, "client=" + Testbed.DASHBOARD);
    }

    /** Starts HAProxy with another script or configuration. */
    Part startHaProxyWith(String part, String instead) throws Exception {
        return start(Proxy.HAPROXY, Ports.free().portfolio(), text -> text.replace(part, instead));
    }

    /** Starts a proxy whose administrator has opened more pages and closed the start page, as docs/how-to/call-an-api.md says. */
    Part startWithOtherOpenPages(Proxy proxy) throws Exception {
        return start(
                proxy,
                Ports.free().portfolio(),
                text -> text.replace("(public(", "((public|assets|robots\\.txt)(")
                        .replace("*/?)?", "*/?)")
                        .replace("{ \"/public/\" }", "{ \"/public/\", \"/assets/\", \"/robots.txt/\" }")
                        .replace("return path == \"/\"", "return false"));
    }

    private Part startWithRules(Proxy proxy, String rules) throws Exception {
        return start(proxy, Ports.free().portfolio(), text -> text.replace(PINNED, rules));
    }

    /** Starts a proxy at whose facade's address nobody answers. */
    Part startWithoutFacade(Proxy proxy) throws Exception {
        String nobody = "127.0.0.1:" + Ports.free().facade();
        return start(
                proxy, Ports.free().portfolio(), text -> text.replace("127.0.0.1:" + facadePorts.facade(), nobody));
    }

    /** Starts a proxy that the facade does not trust. */
    Part startWithWrongSecret(Proxy proxy) throws Exception {
        return start(proxy, Ports.free().portfolio(), text -> text.replace(secret, "x" + secret.substring(1)));
    }

    /** A running proxy. */
    record Part(Proxy proxy, int port, AutoCloseable program) implements AutoCloseable {

        @Override
        public void close() {
            try {
                program.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Part start(Proxy proxy, int port, UnaryOperator<String> change) throws Exception {
        Path folder = Files.createDirectories(directory.resolve(proxy.name().toLowerCase(Locale.ROOT) + "-" + port));
        return new Part(
                proxy,
                port,
                switch (proxy) {
                    case NGINX ->
                        Nginx.start(
                                folder,
                                port,
                                List.of(snippet(proxy, "nginx-forward-auth.conf", change)
                                        .replace("listen 443 ssl", "listen 127.0.0.1:" + port + " ssl")
                                        .replace("$server_port", "443")));
                    case CADDY ->
                        Caddy.start(
                                folder,
                                port,
                                snippet(proxy, "caddy-forward-auth.Caddyfile", change)
                                        .replace(
                                                "\n" + proxy.host() + " {",
                                                "\nhttps://" + proxy.host() + ":" + port
                                                        + " {\n\tbind 127.0.0.1\n\ttls " + certificate.certificateFile()
                                                        + " " + certificate.keyFile()));
                    case HAPROXY -> haProxy(folder, port, change);
                    case APACHE -> apache(folder, port, change);
                });
    }

    private AutoCloseable haProxy(Path folder, int port, UnaryOperator<String> change) throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(certificate.certificateFile()) + Files.readString(certificate.keyFile()));
        Path script = Files.writeString(
                folder.resolve("haproxy-forward-auth.lua"), snippet(Proxy.HAPROXY, "haproxy-forward-auth.lua", change));
        return HaProxy.start(
                folder,
                port,
                snippet(Proxy.HAPROXY, "haproxy-forward-auth.cfg", change)
                        .replace("bind :443", "bind 127.0.0.1:" + port)
                        .replaceAll("/etc/haproxy/tls/\\S+\\.pem", both.toString())
                        .replace("/etc/haproxy/haproxy-forward-auth.lua", script.toString()));
    }

    private AutoCloseable apache(Path folder, int port, UnaryOperator<String> change) throws Exception {
        Apache.requireLuaSocket();
        // As another user than that of the tests, it could not read files of the work directory.
        Path script = Files.createTempFile(
                "apache-forward-auth",
                ".lua",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        script.toFile().deleteOnExit();
        Files.writeString(script, snippet(Proxy.APACHE, "apache-forward-auth.lua", change));
        return Apache.start(
                folder,
                port,
                List.of(snippet(Proxy.APACHE, "apache-forward-auth.conf", change)
                        .replace("<VirtualHost *:443>", "<VirtualHost 127.0.0.1:" + port + ">")
                        .replace("/etc/apache2/apache-forward-auth.lua", script.toString())));
    }

    /** The text of the documentation, with this run's addresses in place of its examples. */
    private String snippet(Proxy proxy, String file, UnaryOperator<String> change) throws IOException {
        return change.apply(Files.readString(SNIPPETS.resolve(file))
                .replaceAll(
                        "/etc/(?:nginx|apache2)/tls/\\S+\\.crt",
                        certificate.certificateFile().toString())
                .replaceAll(
                        "/etc/(?:nginx|apache2)/tls/\\S+\\.key",
                        certificate.keyFile().toString())
                .replace("the value of MCA_FORWARD_AUTH_SECRET", secret)
                .replace("portfolio.example.com", proxy.host())
                .replace("client=portfolio", PINNED)
                .replace("facade.internal:8090", "127.0.0.1:" + facadePorts.facade())
                .replace("portfolio.internal:3000", "127.0.0.1:" + upstream.port())
                .replace("api.internal:4000", "127.0.0.1:" + upstream.port()));
    }

    /** The options of a Chromium that reaches all of them. */
    List<String> chromiumOptions() throws GeneralSecurityException {
        return List.of(
                "--host-resolver-rules="
                        + ports.entrySet().stream()
                                .map(each -> "MAP " + each.getKey().host() + ":443 127.0.0.1:" + each.getValue())
                                .collect(Collectors.joining(", ")),
                "--ignore-certificate-errors-spki-list=" + certificate.publicKeyPin());
    }

    @Override
    public void close() {
        running.close();
    }
}
