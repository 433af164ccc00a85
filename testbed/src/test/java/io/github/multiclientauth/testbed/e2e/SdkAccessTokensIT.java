package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.npm.Examples;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code getAccessToken()} of the npm package on two servers with Node.js, from the browser that asks the server to the API that
 * checks the token. {@link NextJsIT} has the same for Next.js.
 */
@EndToEnd
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SdkAccessTokensIT {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final String CLIENT_ID = "ordering";
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    /** Twice what is promised: a busy machine needs a while to ask. */
    private static final Duration SOON = Duration.ofSeconds(4);

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chain chain;
    private static Ports ports;
    private static OrdersApi api;

    private final Person person = chain.somebody();
    private final Visitor visitor = chain.visitor();

    /** A server of the application, each at an origin of its own. */
    private enum Server {
        PLAIN,
        EXPRESS;

        private Origin origin() {
            return new Origin("http", "localhost", this == PLAIN ? ports.portfolio() : ports.dashboard());
        }

        private List<String> arguments() {
            String script = "orders-" + (this == PLAIN ? "server" : "express") + ".mjs";
            List<String> arguments = new ArrayList<>(List.of(
                    resource(script).toString(), PROJECT.resolve("sdk/src").toString()));
            if (this == EXPRESS) {
                arguments.add(examples().resolve("examples/express").toString());
            }
            return arguments;
        }
    }

    private static Path resource(String name) {
        return Path.of(URI.create(SdkAccessTokensIT.class.getResource(name).toString()));
    }

    private static Path examples() {
        return Path.of(System.getProperty("testbed.npm.directory"), "examples");
    }

    @BeforeAll
    static void start_the_servers(Chain running) throws Exception {
        chain = running;
        ports = Ports.free();
        NodeJs node = NodeJs.installed();
        new Examples(node, PROJECT, examples()).install();
        api = STARTED.add(OrdersApi.start(chain.issuer()));
        chain.administrator()
                .createPlainClient(
                        OrdersApi.ORDERS, SessionsRealm.JSON.createObjectNode().put("publicClient", true));
        STARTED.add(() -> chain.administrator().deleteClient(OrdersApi.ORDERS));
        FacadeServer facade = STARTED.add(OwnFacade.start(chain, ports, Map.of(), "facade-sdk-access-tokens.log"));
        for (Server server : Server.values()) {
            JavaChild process = STARTED.add(node.start(
                    "The server " + server,
                    server.arguments(),
                    Map.of(
                            "AUTH_URL", server.origin().toString(),
                            "AUTH_SECRET", PrintedSecret.of(chain.secrets().auth(), CLIENT_ID),
                            "AUTH_KEYCLOAK_ID", CLIENT_ID,
                            "AUTH_FACADE_URL", facade.address().toString(),
                            "API_URL", api.address().toString()),
                    chain.logs().resolve("orders-" + server + ".log")));
            new Readiness().await(process, URI.create(server.origin() + "/"), 200, START_LIMIT, passed -> {});
        }
    }

    @BeforeEach
    void create_the_client() throws Exception {
        ObjectNode settings = MadeClient.application(Server.PLAIN.origin());
        settings.withArray("webOrigins").add(Server.EXPRESS.origin().toString());
        settings.withArray("redirectUris").add(Server.EXPRESS.origin() + "/api/auth/callback/*");
        settings.putArray("protocolMappers")
                .add(MadeClient.audience(OrdersApi.ORDERS))
                .add(MadeClient.apiAccess(OrdersApi.ORDERS, "email"));
        chain.administrator().createPlainClient(CLIENT_ID, settings);
        chain.administrator().optIn(CLIENT_ID);
        awaitProviders(200);
    }

    @AfterEach
    void delete_it() throws Exception {
        chain.administrator().deleteClient(CLIENT_ID);
        awaitProviders(400);
    }

    private static void awaitProviders(int status) throws Exception {
        for (Server server : Server.values()) {
            Soon.see(
                    () -> chain.visitor()
                            .get(URI.create(server.origin() + "/api/auth/providers"))
                            .status(),
                    seen -> seen == status);
        }
    }

    private Answer get(Server server, String path) {
        return visitor.get(URI.create(server.origin() + path));
    }

    private void signIn(Server server) {
        new SignIn(visitor, server.origin()).as(person.login());
    }

    @ParameterizedTest
    @EnumSource
    void the_server_calls_the_api_as_the_user_and_the_browser_sees_no_token(Server server) {
        int before = api.tokens().size();
        assertThat(get(server, "/orders").status()).as("nobody is signed in").isEqualTo(401);
        assertThat(api.tokens()).hasSize(before);
        signIn(server);

        Answer answer = get(server, "/orders");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("caller").asText())
                .isEqualTo(new Auth(visitor, server.origin())
                        .session()
                        .path("user")
                        .path("id")
                        .asText());
        assertThat(answer.json().path("through").asText()).isEqualTo(CLIENT_ID);
        assertThat(get(server, "/invoices").status())
                .as("an API that the token is not for")
                .isEqualTo(401);
        assertThat(api.tokens()).hasSize(before + 2).doesNotContain("");
        // The visitor itself fails for whatever looks like a token. This is about the one that the API has got.
        String signature = signature(api.tokens().get(before));
        assertThat(visitor.history())
                .isNotEmpty()
                .noneMatch(received -> (received.headers().map() + received.body()).contains(signature));
    }

    /** The part of a token that no other text has. */
    private static String signature(String token) {
        assertThat(token).contains(".");
        return token.substring(token.lastIndexOf('.') + 1);
    }

    @ParameterizedTest
    @EnumSource
    void without_the_mapper_the_error_says_what_an_administrator_has_to_do(Server server) throws Exception {
        signIn(server);
        assertThat(get(server, "/orders").status()).isEqualTo(200);
        int before = api.tokens().size();
        chain.administrator().removeMapper(CLIENT_ID, "API access");

        Answer answer = Soon.see(() -> get(server, "/orders"), seen -> seen.status() != 200);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.json().path("name").asText()).isEqualTo("AccessTokenError");
        assertThat(answer.json().path("code").asText()).isEqualTo("not_allowed");
        assertThat(answer.json().path("message").asText())
                .contains("Clients > " + CLIENT_ID + " > Client scopes > " + CLIENT_ID + "-dedicated", "API access");
        int after = api.tokens().size();
        get(server, "/orders");
        assertThat(after).isGreaterThanOrEqualTo(before);
        assertThat(api.tokens()).as("the API is not called").hasSize(after);
    }

    /** Servers open the cookie themselves, and know of a sign-out only by asking for the token. */
    @ParameterizedTest
    @EnumSource
    void a_copy_of_the_cookie_gets_no_token_after_the_user_has_signed_out(Server server) throws Exception {
        signIn(server);
        String copy = new Auth(visitor, server.origin())
                .cookies().stream()
                        .map(cookie -> cookie.name() + "=" + cookie.value())
                        .collect(Collectors.joining("; "));
        assertThat(withCookies(server, copy).statusCode()).isEqualTo(200);

        assertThat(new Auth(visitor, server.origin()).signOut().status()).isEqualTo(302);

        HttpResponse<String> answer = Soon.see(SOON, () -> withCookies(server, copy), seen -> seen.statusCode() != 200);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(get(server, "/orders").status()).isEqualTo(401);
    }

    @Test
    void a_user_whom_an_administrator_signs_out_gets_no_token() throws Exception {
        signIn(Server.PLAIN);
        assertThat(get(Server.PLAIN, "/orders").status()).isEqualTo(200);

        chain.administrator()
                .logOut(chain.administrator().user(person.email()).path("id").asText());

        Answer answer = Soon.see(SOON, () -> get(Server.PLAIN, "/orders"), seen -> seen.status() != 200);
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
    }

    private static HttpResponse<String> withCookies(Server server, String cookies) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.origin() + "/orders"))
                                .header("Cookie", cookies)
                                .build(),
                        BodyHandlers.ofString());
    }
}
