package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

class RunningFacadeTest {

    private static final String METRICS = """
            # TYPE multi_client_auth_refused_requests counter
            multi_client_auth_refused_requests_total{reason="unknown_origin"} 7.0
            multi_client_auth_refused_requests_total{reason="untrusted_proxy"} 3.0
            """;

    @Test
    void tells_how_many_requests_of_untrusted_proxies_the_running_facade_has_refused() throws IOException {
        HttpServer facade = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        facade.createContext("/q/metrics", exchange -> {
            byte[] body = METRICS.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        facade.start();
        try {
            assertThat(RunningFacade.requestsOfUntrustedProxies(
                            settings("127.0.0.1", facade.getAddress().getPort())))
                    .isEqualTo(3);
            assertThat(RunningFacade.requestsOfUntrustedProxies(
                            settings("0.0.0.0", facade.getAddress().getPort())))
                    .isEqualTo(3);
        } finally {
            facade.stop(0);
        }
    }

    @Test
    void tells_of_none_if_no_facade_runs_here_or_it_has_not_refused_any() {
        assertThat(RunningFacade.requestsOfUntrustedProxies(settings("127.0.0.1", 1)))
                .isZero();
        assertThat(RunningFacade.untrusted("multi_client_auth_refused_requests_total{reason=\"unknown_origin\"} 7.0\n"))
                .isZero();
    }

    private static Config settings(String host, int port) {
        return new SmallRyeConfigBuilder()
                .withDefaultValue("quarkus.management.host", host)
                .withDefaultValue("quarkus.management.port", Integer.toString(port))
                .build();
    }
}
