package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Running;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.npm.NextJsBuild;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The Next.js example as a new application: a new client at Keycloak, as an administrator would create it, and a server at the client's
 * origin.
 */
final class NextJsExample implements AutoCloseable {

    /** A second origin of the same client, without a server. */
    static final Origin ELSEWHERE = new Origin("https", "elsewhere.example", 443);

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final Chain chain;
    private final String clientId;
    private final Ports ports = Ports.free();
    private final Origin origin = new Origin("http", "localhost", ports.portfolio());
    private final String clientSecret = UUID.randomUUID().toString();
    private final Running running = new Running();
    private OrdersApi api;

    private NextJsExample(Chain chain, String clientId) {
        this.chain = chain;
        this.clientId = clientId;
    }

    /** Starts it with a facade, which signs in and out. It trusts no proxy. */
    static NextJsExample behindAFacade(Chain chain, NodeJs node, Path application)
            throws IOException, InterruptedException {
        NextJsExample example = new NextJsExample(chain, "nextjs");
        return example.started(() -> {
            String facade = "http://127.0.0.1:" + example.ports.facade();
            String secret = example.startFacade();
            example.startServer(node, application, Map.of("AUTH_SECRET", secret, "AUTH_FACADE_URL", facade));
        });
    }

    /** Starts one that was built with {@code next-auth}, without a facade. Auth.js itself signs in at Keycloak. */
    static NextJsExample onItsOwn(Chain chain, NodeJs node, Path application) throws IOException, InterruptedException {
        NextJsExample example = new NextJsExample(chain, "nextjs-alone");
        return example.started(() -> example.startServer(
                node,
                application,
                Map.of(
                        "AUTH_SECRET",
                        UUID.randomUUID().toString() + UUID.randomUUID(),
                        "AUTH_KEYCLOAK_SECRET",
                        example.clientSecret,
                        "AUTH_FACADE_URL",
                        "")));
    }

    Origin origin() {
        return origin;
    }

    String clientId() {
        return clientId;
    }

    /** The API that the application calls. */
    OrdersApi api() {
        return api;
    }

    private interface Start {
        void run() throws IOException, InterruptedException;
    }

    private NextJsExample started(Start start) throws IOException, InterruptedException {
        try {
            createClient();
            start.run();
            return this;
        } catch (IOException | InterruptedException | RuntimeException | AssertionError failed) {
            close();
            throw failed;
        }
    }

    private void createClient() throws IOException {
        api = running.add(OrdersApi.start(chain.issuer()));
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("standardFlowEnabled", true);
        for (String provider : Testbed.PROVIDERS) {
            settings.withArray("redirectUris").add(origin + "/api/auth/callback/" + provider);
        }
        settings.putArray("webOrigins").add(origin.toString()).add(ELSEWHERE.toString());
        settings.putObject("attributes").put("pkce.code.challenge.method", "S256");
        settings.putArray("protocolMappers")
                .add(MadeClient.audience(OrdersApi.ORDERS))
                .add(MadeClient.apiAccess("", "email"));
        chain.administrator().createClient(clientId, clientSecret, settings);
        running.add(() -> chain.administrator().deleteClient(clientId));
    }

    /** Returns the application's own secret. */
    private String startFacade() throws IOException, InterruptedException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        String master = UUID.randomUUID().toString() + UUID.randomUUID();
        FacadeServer facade = FacadeServer.start(
                artifacts.facadeJar(),
                new FacadeServer.Settings(
                        ports.facade(),
                        ports.facadeManagement(),
                        chain.issuer(),
                        master,
                        chain.secrets().facadeAccount(),
                        Map.of(clientId, clientSecret),
                        Map.of(),
                        chain.logs().resolve("facade-nextjs.log")),
                JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")));
        running.add(facade);
        String secret = PrintedSecret.of(master, clientId);
        facade.awaitReady(passed -> {});
        return secret;
    }

    private void startServer(NodeJs node, Path application, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("NODE_ENV", "production");
        environment.put("AUTH_URL", origin.toString());
        environment.put("AUTH_KEYCLOAK_ISSUER", chain.issuer().toString());
        environment.put("AUTH_KEYCLOAK_ID", clientId);
        environment.put("API_URL", api.address().toString());
        JavaChild server = node.start(
                "The Next.js example",
                List.of(
                        NextJsBuild.next(application),
                        "start",
                        "--hostname",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(origin.port()),
                        application.toString()),
                environment,
                chain.logs().resolve(clientId + ".log"));
        running.add(server);
        URI page = URI.create("http://127.0.0.1:" + origin.port() + "/");
        new Readiness().await(server, page, 200, START_LIMIT, passed -> {});
    }

    @Override
    public void close() {
        running.close();
    }
}
