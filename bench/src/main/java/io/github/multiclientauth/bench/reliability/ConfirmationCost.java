package io.github.multiclientauth.bench.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.AdminApi;
import io.github.multiclientauth.bench.Machine;
import io.github.multiclientauth.bench.Report;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.RunSecrets;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code mvn -Pbench -pl bench -am -Dbench.main=io.github.multiclientauth.bench.reliability.ConfirmationCost}: what Keycloak's CPU costs to
 * confirm a session, by a refresh grant and by the extension's endpoint, and what an empty poll for changes costs.
 */
public final class ConfirmationCost {

    private static final String COMMAND = "mvn -Pbench -Dbench.main=…ConfirmationCost";
    private static final String CLIENT = "measured";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> BATCHES = List.of(1, 20, 500);

    /** How often a round does each work. */
    private static final int REPEATED = 3;

    /** Keycloak writes what it has changed in sessions a little later. It does not write the same second twice. */
    private static final Duration WRITTEN_WITHIN = Duration.ofMillis(1500);

    private final int people = Integer.getInteger("bench.people", 1000);
    private final int rounds = Integer.getInteger("bench.rounds", 7);
    private final int warmUps = Integer.getInteger("bench.warm-ups", 2);
    private final int polls = Integer.getInteger("bench.polls", 500);
    private final RunSecrets secrets = RunSecrets.random(Map.of());
    private final String password = UUID.randomUUID().toString();
    private final String clientSecret = UUID.randomUUID().toString();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Signed> signed = new ArrayList<>();
    private URI issuer;
    private Postgres database;
    private KeycloakNode node;
    private String account;
    private long accountUntil;
    private long answered;

    private ConfirmationCost() {}

    /** A session of a person, with its latest refresh token. */
    private static final class Signed {

        private final String sid;
        private String refreshToken;

        Signed(String sid, String refreshToken) {
            this.sid = sid;
            this.refreshToken = refreshToken;
        }
    }

    /** Work of one round. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** CPU time for one unit, in microseconds. */
    private record Cost(double keycloak, double database) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new ConfirmationCost().run();
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Path logs = Path.of(System.getProperty("bench.work.directory"), "confirmation-cost");
        Ports ports = Ports.free();
        Artifacts artifacts = Artifacts.of(System.getProperties());
        issuer = KeycloakServer.issuer(ports.keycloak());
        try (Postgres postgres = Postgres.start(ports.providers(), logs.resolve("postgres.log"));
                KeycloakNode keycloak = new KeycloakNode(
                        new KeycloakNode.Plan(
                                artifacts,
                                postgres,
                                KeycloakServer.address(ports.keycloak()),
                                Map.of("FACADE_CLIENT_SECRET", secrets.facadeAccount()),
                                secrets.administrator(),
                                List.of(),
                                logs,
                                JavaChild.lifelineOption(
                                        artifacts.workDirectory().resolve("lifeline"))),
                        ports,
                        "keycloak-0")) {
            database = postgres;
            node = keycloak;
            node.start();
            prepare(KeycloakServer.address(ports.keycloak()));
            String table = measure();
            System.out.println(table);
            Report.replace(Path.of(System.getProperty("bench.reliability.report")), COMMAND, table);
        }
    }

    private void prepare(URI address) throws IOException, InterruptedException {
        AdminApi administrator = AdminApi.administrator(
                address, KeycloakServer.REALM, KeycloakServer.ADMINISTRATOR, secrets.administrator());
        People.invite(administrator, people, password);
        ObjectNode application = JsonNodeFactory.instance
                .objectNode()
                .put("clientId", CLIENT)
                .put("secret", clientSecret)
                .put("publicClient", false)
                .put("directAccessGrantsEnabled", true);
        application.putArray("webOrigins").add("https://measured.example.com");
        application.putArray("redirectUris").add("https://measured.example.com/api/auth/callback/*");
        ArrayNode scopes = application.putArray("defaultClientScopes");
        List.of("basic", "acr", "profile", "email", "multi-client-auth").forEach(scopes::add);
        administrator.post("/clients", application);
        for (int i = 0; i < people; i++) {
            JsonNode tokens = grant(Map.of(
                    "grant_type", "password", "username", People.login(i), "password", password, "scope", "openid"));
            signed.add(new Signed(
                    claim(tokens.path("id_token").asText(), "sid"),
                    tokens.path("refresh_token").asText()));
        }
    }

    private static String claim(String token, String name) throws IOException {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return JSON.readTree(new String(claims, StandardCharsets.UTF_8))
                .path(name)
                .asText();
    }

    private JsonNode grant(Map<String, String> parameters) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("client_id", CLIENT);
        form.put("client_secret", clientSecret);
        return token(form);
    }

    private JsonNode token(Map<String, String> form) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(Parameters.encode(form)))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(form.get("grant_type") + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private String measure() throws IOException, InterruptedException {
        Map<String, Work> confirmations = new LinkedHashMap<>();
        confirmations.put("refresh grant", this::refreshAll);
        for (int batch : BATCHES) {
            confirmations.put("`sessions`, " + batch + " in a request", () -> confirmAll(batch));
        }
        Map<String, Work> requests = new LinkedHashMap<>();
        String tag = directoryTag();
        requests.put("`directory`, answered 304", () -> pollDirectory(tag));
        requests.put("`changes`, nothing new", this::pollChanges);
        Map<String, List<Cost>> confirmed = inTurn(confirmations, people);
        Map<String, List<Cost>> polled = inTurn(requests, polls);
        return """
                %s. %d sessions of as many people on PostgreSQL; %d rounds in turn; medians of the rounds.

                | confirmed by | Keycloak's CPU per session | ratio | lowest to highest | PostgreSQL's CPU per session |
                |---|---:|---:|---:|---:|
                %s

                | request | Keycloak's CPU per request | PostgreSQL's CPU per request |
                |---|---:|---:|
                %s
                """.formatted(Machine.measuredNow(), people, rounds, rows(confirmed, true), rows(polled, false));
    }

    /** Measures all of them in each round, after rounds to warm up. */
    private Map<String, List<Cost>> inTurn(Map<String, Work> works, int units)
            throws IOException, InterruptedException {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int round = -warmUps; round < rounds; round++) {
            for (Map.Entry<String, Work> work : works.entrySet()) {
                account();
                long keycloakBefore = node.usage().cpuMicros();
                long databaseBefore = database.usage().cpuMicros();
                for (int i = 0; i < REPEATED; i++) {
                    work.getValue().run();
                    TimeUnit.NANOSECONDS.sleep(WRITTEN_WITHIN.toNanos());
                }
                Cost cost = new Cost(
                        (double) (node.usage().cpuMicros() - keycloakBefore) / units / REPEATED,
                        (double) (database.usage().cpuMicros() - databaseBefore) / units / REPEATED);
                System.out.printf(
                        Locale.ROOT,
                        "%d %s: %.0f µs, %.0f µs%n",
                        round,
                        work.getKey(),
                        cost.keycloak(),
                        cost.database());
                if (round >= 0) {
                    costs.computeIfAbsent(work.getKey(), first -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        return costs;
    }

    private static String rows(Map<String, List<Cost>> costs, boolean withRatio) {
        List<Cost> base = costs.values().iterator().next();
        return costs.entrySet().stream()
                .map(each -> {
                    List<Double> ratios = new ArrayList<>();
                    for (int i = 0; i < base.size(); i++) {
                        ratios.add(
                                each.getValue().get(i).keycloak() / base.get(i).keycloak());
                    }
                    List<Double> sorted = ratios.stream().sorted().toList();
                    String ratio = withRatio
                            ? String.format(
                                    Locale.ROOT,
                                    "%.3f | %.3f to %.3f | ",
                                    median(sorted),
                                    sorted.get(0),
                                    sorted.get(sorted.size() - 1))
                            : "";
                    return String.format(
                            Locale.ROOT,
                            "| %s | %.2f ms | %s%.2f ms |",
                            each.getKey(),
                            median(each.getValue().stream().map(Cost::keycloak).toList()) / 1000,
                            ratio,
                            median(each.getValue().stream().map(Cost::database).toList()) / 1000);
                })
                .collect(Collectors.joining("\n"));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private void refreshAll() throws IOException, InterruptedException {
        for (Signed one : signed) {
            JsonNode tokens = grant(Map.of("grant_type", "refresh_token", "refresh_token", one.refreshToken));
            one.refreshToken = tokens.path("refresh_token").asText();
        }
    }

    private void confirmAll(int batch) throws IOException, InterruptedException {
        long confirmedAt = System.currentTimeMillis() / 1000 - 1;
        for (int from = 0; from < signed.size(); from += batch) {
            List<Signed> some = signed.subList(from, Math.min(from + batch, signed.size()));
            ObjectNode question = JsonNodeFactory.instance.objectNode();
            ArrayNode sessions = question.putArray("sessions");
            some.forEach(one -> sessions.addObject()
                    .put("client", CLIENT)
                    .put("sid", one.sid)
                    .put("confirmedAt", confirmedAt)
                    .put("extend", true));
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(issuer + "/multi-client-auth/sessions"))
                            .header("Authorization", "Bearer " + account())
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(question.toString()))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("sessions: " + answer.statusCode() + " " + answer.body());
            }
            for (JsonNode one : JSON.readTree(answer.body()).path("sessions")) {
                if (!one.path("alive").asBoolean() || !one.path("claims").has("sub")) {
                    throw new IOException("not confirmed: " + one);
                }
                answered++;
            }
        }
    }

    private String directoryTag() throws IOException, InterruptedException {
        return get("directory", 200).headers().firstValue("ETag").orElseThrow();
    }

    private void pollDirectory(String tag) throws IOException, InterruptedException {
        for (int i = 0; i < polls; i++) {
            get("directory", 304, "If-None-Match", tag);
        }
    }

    private void pollChanges() throws IOException, InterruptedException {
        JsonNode first = JSON.readTree(get("changes", 200).body());
        String now = first.path("now").asText();
        for (int i = 0; i < polls; i++) {
            JsonNode answer = JSON.readTree(get("changes?since=" + now, 200).body());
            now = answer.path("now").asText();
        }
    }

    private HttpResponse<String> get(String path, int expected, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(issuer + "/multi-client-auth/" + path))
                .header("Authorization", "Bearer " + account());
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != expected) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    /** The access token of the facade's account. It is renewed between the rounds. */
    private String account() throws IOException, InterruptedException {
        if (account == null || System.nanoTime() - accountUntil > 0) {
            account = token(Map.of(
                            "grant_type", "client_credentials",
                            "client_id", "multi-client-auth-facade",
                            "client_secret", secrets.facadeAccount()))
                    .path("access_token")
                    .asText();
            accountUntil = System.nanoTime() + 120_000_000_000L;
        }
        return account;
    }
}
