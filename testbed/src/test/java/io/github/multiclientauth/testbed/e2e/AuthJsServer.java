package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The server of {@code testbed/clients} as the server of the portfolio application. It has the portfolio's secret, and it gets the
 * portfolio's cookies, because cookies ignore ports.
 */
final class AuthJsServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final JavaChild process;
    private final int port;

    private AuthJsServer(JavaChild process, int port) {
        this.process = process;
        this.port = port;
    }

    static AuthJsServer start(Chain chain) throws IOException, InterruptedException {
        Path script = ClientPages.clients().server();
        int port = Ports.free().portfolio();
        Map<String, String> environment = Map.of(
                "NODE_ENV", "production",
                "PORT", Integer.toString(port),
                "AUTH_URL", chain.portfolio().toString(),
                // Version 4 calls it so.
                "NEXTAUTH_URL", chain.portfolio().toString(),
                "AUTH_SECRET", PrintedSecret.of(chain.secrets().auth(), "portfolio"),
                "AUTH_KEYCLOAK_ISSUER", chain.issuer().toString(),
                "AUTH_KEYCLOAK_ID", "portfolio",
                "AUTH_FACADE_URL", chain.facade().toString());
        JavaChild process = NodeJs.installed()
                .start(
                        "The server with Auth.js",
                        List.of(script.toString()),
                        environment,
                        chain.logs().resolve("auth-js.log"));
        AuthJsServer server = new AuthJsServer(process, port);
        try {
            new Readiness().await(process, server.at("/ready"), 200, START_LIMIT, passed -> {});
            return server;
        } catch (RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** The address, with the portfolio's host name. */
    URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public void close() {
        process.close();
    }
}
