package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** SIGTERM, which engines send before they kill: the facade finishes pending requests and closes connections after new ones. */
@EndToEnd
class ShutdownIT {

    private static final String CLIENT_ID = "draining";
    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    private final Chain chain;
    private final Person person;
    private final Visitor visitor;
    private LineToKeycloak line;
    private FacadeServer facade;
    private Origin application;

    ShutdownIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
        this.visitor = chain.visitor();
    }

    @BeforeEach
    void start_a_facade_of_its_own() throws IOException {
        Ports ports = Ports.free();
        application = new Origin("http", "localhost", ports.facade());
        chain.administrator().createPlainClient(CLIENT_ID, MadeClient.application(application));
        chain.administrator().optIn(CLIENT_ID);
        line = new LineToKeycloak(chain.keycloak().port(), ports.keycloak());
        line.restore();
        facade = OwnFacade.start(
                chain,
                ports,
                Map.of("QUARKUS_SHUTDOWN_TIMEOUT", "60S", "JAVA_TOOL_OPTIONS", line.jvmOptions()),
                "facade-shutdown.log");
    }

    @AfterEach
    void stop() {
        line.release();
        facade.close();
        line.close();
        chain.administrator().deleteClient(CLIENT_ID);
    }

    // Slow: it starts a facade of its own, and ends it while a request waits.
    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void finishes_pending_requests_and_closes_all_connections() throws Exception {
        Answer page = new SignIn(visitor, application).start();
        URI callback = visitor.followTo(
                        visitor.press(page, "button[name=login][value=" + person.login() + "]"), application)
                .location()
                .orElseThrow();
        line.hold(TOKEN_ENDPOINT);
        long asked = tokenRequests();
        CompletableFuture<Answer> begun = CompletableFuture.supplyAsync(() -> visitor.get(callback));
        Soon.see(this::tokenRequests, now -> now > asked);

        ProcessHandle.of(facade.process().pid()).orElseThrow().destroy();

        HttpResponse<Void> meanwhile = Soon.see(this::somebodyElse, ShutdownIT::isLastOne);
        assertThat(meanwhile.statusCode()).isEqualTo(200);
        assertThat(begun).isNotDone();
        line.release();
        Answer finished = begun.get(1, TimeUnit.MINUTES);
        assertThat(finished.location()).hasValue(URI.create(application + "/"));
        assertThat(visitor.cookies().all()).anyMatch(cookie -> cookie.name().contains("session-token"));
        Soon.see(facade.process()::isAlive, alive -> !alive);
    }

    private long tokenRequests() {
        return line.asked().stream()
                .filter(path -> path.endsWith(TOKEN_ENDPOINT))
                .count();
    }

    private HttpResponse<Void> somebodyElse() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(application + "/api/auth/providers"))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }

    /** Whether the answer is the last one on its connection. */
    private static boolean isLastOne(HttpResponse<?> answer) {
        return answer.headers().allValues("Connection").contains("close");
    }
}
