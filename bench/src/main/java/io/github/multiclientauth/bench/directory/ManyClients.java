package io.github.multiclientauth.bench.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.AdminApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The clients of the measured realm. For each application, with the usual settings, there is also a client that has not opted in. They
 * are created one by one, because Keycloak's partial import becomes slower with the number of clients in it.
 */
final class ManyClients {

    private static final int AT_A_TIME = 4;

    /** The first application, which exists at every size. */
    private static final int CHANGED = 0;

    private final AdminApi administrator;
    private int applications;

    ManyClients(AdminApi administrator) {
        this.administrator = administrator;
    }

    /** Creates clients until there are {@code size} applications and as many other clients. */
    void growTo(int size) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> created = new ArrayList<>();
            for (; applications < size; applications++) {
                int number = applications;
                created.add(threads.submit(() -> {
                    create(application(number, "Application " + number));
                    create(other(number));
                }));
            }
            for (Future<?> one : created) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("Clients could not be created", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Changes the name of an application, so that a directory that was read before is outdated. */
    void change() {
        ObjectNode changed = application(CHANGED, "Application " + UUID.randomUUID());
        administrator.put("/clients/" + changed.path("id").asText(), changed);
    }

    private void create(ObjectNode client) {
        administrator.post("/clients", client);
    }

    private static ObjectNode application(int number, String name) {
        ObjectNode client = client("application-" + number, "https://application-" + number + ".example.com")
                .put("name", name);
        client.putArray("defaultClientScopes")
                .add("basic")
                .add("profile")
                .add("email")
                .add("multi-client-auth");
        client.putObject("attributes")
                .put("pkce.code.challenge.method", "S256")
                .put("backchannel.logout.url", "/api/auth/backchannel-logout");
        return client;
    }

    private static ObjectNode other(int number) {
        ObjectNode client = client("other-" + number, "https://other-" + number + ".example.com");
        client.putArray("defaultClientScopes").add("basic").add("profile").add("email");
        return client;
    }

    private static ObjectNode client(String clientId, String origin) {
        ObjectNode client = JsonNodeFactory.instance.objectNode();
        client.put(
                        "id",
                        UUID.nameUUIDFromBytes(clientId.getBytes(StandardCharsets.UTF_8))
                                .toString())
                .put("clientId", clientId)
                .put("rootUrl", origin)
                .put("protocol", "openid-connect")
                .put("publicClient", false);
        client.putArray("webOrigins").add("+");
        client.putArray("redirectUris")
                .add("/api/auth/callback/github")
                .add("/api/auth/callback/google")
                .add("/api/auth/callback/keycloak");
        client.putArray("optionalClientScopes");
        return client;
    }
}
