package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As Keycloak does it: an assignment is taken away by either address, and one that is there is not changed by another. */
class ClientScopeTest {

    private static final String CLIENT = "/admin/realms/staff/clients/1/";
    private static final ClientScope STEP = new ClientScope("shop");

    private HttpServer server;
    private AdminApi realm;

    /** How the client has the scope: nothing, default or optional. */
    private String assigned = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer(exchange).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        realm = new AdminApi(
                address,
                "staff",
                new Account(Account.Kind.ADMINISTRATOR, "admin", new Secret("secret"), "master"),
                Trust.OF_JAVA);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void only_a_default_scope_is_complete() {
        assertThat(look()).isInstanceOf(Finding.Missing.class);
        assigned = "optional";
        assertThat(look()).isInstanceOf(Finding.Missing.class);
        assigned = "default";
        assertThat(look()).isInstanceOf(Finding.There.class);
    }

    @Test
    void undo_removes_the_scope_of_a_client_that_had_none() {
        JsonNode before = STEP.before(realm);

        STEP.apply(realm);
        assertThat(assigned).isEqualTo("default");

        STEP.undo(realm, before);
        assertThat(assigned).isEmpty();
    }

    @Test
    void undo_makes_a_former_optional_scope_optional_again() {
        assigned = "optional";
        JsonNode before = STEP.before(realm);

        STEP.apply(realm);
        assertThat(assigned).isEqualTo("default");

        STEP.undo(realm, before);
        assertThat(assigned).isEqualTo("optional");
    }

    @Test
    void an_interrupted_change_is_finished_or_undone() {
        assigned = "optional";
        JsonNode before = STEP.before(realm);

        assigned = "";
        STEP.undo(realm, before);
        assertThat(assigned).isEqualTo("optional");

        assigned = "";
        STEP.apply(realm);
        assertThat(assigned).isEqualTo("default");
    }

    private Finding look() {
        return STEP.look(realm, Optional.empty());
    }

    private String answer(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        for (String type : List.of("default", "optional")) {
            if (path.equals(CLIENT + type + "-client-scopes/2")) {
                assign(exchange.getRequestMethod(), type);
                return "";
            }
        }
        if (path.endsWith("/token")) {
            return "{\"access_token\":\"a-token\"}";
        }
        return path.endsWith("/client-scopes")
                ? "[{\"id\":\"2\",\"name\":\"multi-client-auth\"}]"
                : "[{\"id\":\"1\",\"clientId\":\"shop\",\"defaultClientScopes\":%s,\"optionalClientScopes\":%s}]"
                        .formatted(names("default"), names("optional"));
    }

    private void assign(String method, String type) {
        if (method.equals("DELETE")) {
            assigned = "";
        } else if (assigned.isEmpty()) {
            assigned = type;
        }
    }

    private String names(String type) {
        return assigned.equals(type) ? "[\"email\",\"multi-client-auth\"]" : "[\"email\"]";
    }
}
