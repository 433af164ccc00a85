package io.github.multiclientauth.bench.directory;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The clients of the realm under measurement: each application, with what applications usually have, and beside it a client
 * that has not opted in. They are created one by one; Keycloak's partial import takes ever longer, the more it is given.
 */
final class ManyClients {

    private static final int AT_A_TIME = 4;

    /** The first application, which is there at every size. */
    private static final int CHANGED = 0;

    private final Account administrator;
    private final URI clients;
    private int applications;

    /** @param clients the address of them in the admin REST API */
    ManyClients(Account administrator, URI clients) {
        this.administrator = administrator;
        this.clients = clients;
    }

    /** Creates what is missing until there are so many applications, and as many other clients. */
    void growTo(int size) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<?>> created = new ArrayList<>();
            for (; applications < size; applications++) {
                int number = applications;
                created.add(threads.submit(() -> {
                    create(application(number, "Application " + number));
                    create(other(number));
                    return null;
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

    /** Changes the name of an application: then a directory that was read before is old. */
    void change() throws IOException, InterruptedException {
        ObjectNode changed = application(CHANGED, "Application " + UUID.randomUUID());
        accepted(administrator.send(
                "PUT",
                URI.create(clients + "/" + changed.path("id").asText()),
                BodyPublishers.ofString(changed.toString())));
    }

    private void create(ObjectNode client) throws IOException, InterruptedException {
        accepted(administrator.send("POST", clients, BodyPublishers.ofString(client.toString())));
    }

    private static void accepted(HttpResponse<InputStream> answer) throws IOException {
        answer.body().close();
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.request().method() + " of a client was answered with " + answer.statusCode());
        }
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
