package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three facades that share nothing but their secrets and Keycloak. They have three ports of one host name, so that a browser sends its
 * cookies to each of them.
 */
@EndToEnd
class ReplicasIT {

    private static final String CLIENT_ID = "replicated";
    private static final String NEW_PICTURE = "https://pictures.example.com/new.png";
    private static final int REPLICAS = 3;

    /** The requests of each kind of a burst. */
    private static final int PARALLEL = 100;

    /** The goal is two seconds. The machine may be busy. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    static final Started STARTED = new Started();

    private static final List<Origin> ORIGINS = new ArrayList<>();
    private static final List<LineToKeycloak> LINES = new ArrayList<>();

    private static Chain chain;

    private final Person person = chain.somebody();
    private final Visitor visitor = chain.visitor();
    private final String userId;

    ReplicasIT() {
        userId = signIn(visitor, person);
    }

    @BeforeAll
    static void start(Chain running) throws IOException {
        chain = running;
        List<Ports> ports = Stream.generate(Ports::free).limit(REPLICAS).toList();
        ports.forEach(each -> ORIGINS.add(new Origin("http", "localhost", each.facade())));
        ObjectNode application = JsonNodeFactory.instance.objectNode();
        application.put("publicClient", true).put("standardFlowEnabled", true);
        ORIGINS.forEach(origin -> {
            application.withArray("webOrigins").add(origin.toString());
            application.withArray("redirectUris").add(origin + "/api/auth/callback/*");
        });
        chain.administrator().createPlainClient(CLIENT_ID, application);
        chain.administrator().optIn(CLIENT_ID);
        for (Ports each : ports) {
            LineToKeycloak line =
                    STARTED.add(new LineToKeycloak(chain.keycloak().port(), each.keycloak()));
            line.restore();
            LINES.add(line);
            STARTED.add(OwnFacade.start(
                    chain,
                    each,
                    Map.of("JAVA_TOOL_OPTIONS", line.jvmOptions()),
                    "facade-replica-" + LINES.size() + ".log"));
        }
    }

    @AfterAll
    static void stop() {
        chain.administrator().deleteClient(CLIENT_ID);
        ORIGINS.clear();
        LINES.clear();
    }

    /** What ends or changes a session, and how each replica shows it. */
    enum What {
        SIGN_OUT_AT_ONE_REPLICA(JsonNode::isNull) {
            @Override
            void happensTo(ReplicasIT test) {
                test.at(0).signOut();
            }
        },
        SIGN_OUT_AT_ANOTHER_APPLICATION(JsonNode::isNull) {
            @Override
            void happensTo(ReplicasIT test) {
                new Auth(test.visitor, chain.portfolio()).signOut();
            }
        },
        ENDED_FROM_ANOTHER_BROWSER(JsonNode::isNull) {
            @Override
            void happensTo(ReplicasIT test) {
                Visitor other = chain.visitor();
                signIn(other, test.person);
                Auth there = new Auth(other, ORIGINS.get(1));
                assertThat(there.endSessions("others", "true").path("ended").intValue())
                        .isEqualTo(1);
            }
        },
        SESSION_ENDED_BY_AN_ADMINISTRATOR(JsonNode::isNull) {
            @Override
            void happensTo(ReplicasIT test) {
                chain.administrator()
                        .endSession(chain.administrator()
                                .sessions(test.userId)
                                .get(0)
                                .path("id")
                                .asText());
            }
        },
        USER_SIGNED_OUT_BY_AN_ADMINISTRATOR(JsonNode::isNull) {
            @Override
            void happensTo(ReplicasIT test) {
                chain.administrator().logOut(test.userId);
            }
        },
        USER_DISABLED(JsonNode::isNull) {
            @Override
            void happensTo(ReplicasIT test) {
                chain.administrator().disable(test.userId);
            }
        },
        USER_DELETED(JsonNode::isNull) {
            @Override
            void happensTo(ReplicasIT test) {
                chain.administrator().deleteUser(test.userId);
            }
        },
        NAME_CHANGED(has("name", "New Name")) {
            @Override
            void happensTo(ReplicasIT test) {
                chain.administrator().rename(test.userId, "New", "Name");
            }
        },
        PICTURE_CHANGED(has("image", NEW_PICTURE)) {
            @Override
            void happensTo(ReplicasIT test) {
                chain.administrator()
                        .updateUser(
                                test.userId,
                                user -> user.withObject("/attributes")
                                        .putArray("picture")
                                        .add(NEW_PICTURE));
            }
        };

        private final Predicate<JsonNode> shown;

        What(Predicate<JsonNode> shown) {
            this.shown = shown;
        }

        abstract void happensTo(ReplicasIT test);
    }

    private static Predicate<JsonNode> has(String field, String value) {
        return session -> session.path("user").path(field).asText().equals(value);
    }

    @ParameterizedTest
    @EnumSource
    void each_replica_shows_it_within_seconds(What what) throws Exception {
        chain.atPortfolio(visitor).start();
        List<Auth> copies = copies();
        assertThat(copies).noneMatch(copy -> copy.session().isNull());
        long begin = System.nanoTime();

        what.happensTo(this);

        for (Auth copy : copies) {
            Soon.see(LIMIT, copy::session, what.shown);
        }
        System.out.printf(
                "%s: %d ms%n", what, Duration.ofNanos(System.nanoTime() - begin).toMillis());
        assertThat(copies).as("from now on").allMatch(copy -> what.shown.test(copy.session()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parallel_reads_of_a_due_session_ask_once_at_each_replica_and_lose_nothing(boolean revokesRefreshTokens)
            throws Exception {
        burst(revokesRefreshTokens, "Read", Auth::session);

        assertThat(questions()).allMatch(asked -> asked <= 1, "at most one question");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void parallel_updates_lose_nothing(boolean revokesRefreshTokens) throws Exception {
        String csrfToken = at(0).csrfToken();

        burst(
                revokesRefreshTokens,
                "Updated",
                copy -> copy.visitor()
                        .postJson(copy.at("session"), "{\"csrfToken\":\"" + csrfToken + "\",\"data\":{}}")
                        .json());
    }

    /** Makes the session due at each replica, and sends many requests at the same time. */
    private void burst(boolean revokesRefreshTokens, String name, Function<Auth, JsonNode> request) throws Exception {
        chain.administrator()
                .updateRealm(JsonNodeFactory.instance
                        .objectNode()
                        .put("revokeRefreshToken", revokesRefreshTokens)
                        .put("refreshTokenMaxReuse", 0));
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            makeDue(name);
            LINES.forEach(LineToKeycloak::forget);
            List<Auth> copies = Stream.generate(this::copies)
                    .limit(PARALLEL)
                    .flatMap(List::stream)
                    .toList();
            List<JsonNode> sessions = copies.stream()
                    .map(copy -> CompletableFuture.supplyAsync(() -> request.apply(copy), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            System.out.printf("%d requests, questions at the replicas: %s%n", sessions.size(), questions());
            assertThat(sessions)
                    .as("none is lost")
                    .allMatch(
                            session -> session.path("user").path("id").asText().equals(userId))
                    .allMatch(has("name", name + " Often"));
        } finally {
            threads.shutdownNow();
            chain.administrator()
                    .updateRealm(JsonNodeFactory.instance.objectNode().put("revokeRefreshToken", false));
        }
    }

    /** Changes the user, and waits until each replica knows. Another session of the same person shows that. */
    private void makeDue(String firstName) throws Exception {
        Visitor other = chain.visitor();
        signIn(other, person);
        chain.administrator().rename(userId, firstName, "Often");
        for (Origin origin : ORIGINS) {
            Auth there = new Auth(withSessionCookies(other), origin);
            Soon.see(LIMIT, there::session, has("name", firstName + " Often"));
        }
    }

    /** The number of requests to confirm sessions since the last {@link LineToKeycloak#forget}. */
    private static List<Long> questions() {
        return LINES.stream()
                .map(line -> line.asked().stream()
                        .filter(path -> path.endsWith("/multi-client-auth/sessions"))
                        .count())
                .toList();
    }

    /** A server that renders pages, for example, cannot set cookies. */
    @Test
    void a_server_that_passes_no_cookie_on_stays_signed_in_and_sees_changes() throws Exception {
        List<Visitor> servers = Stream.generate(() -> withSessionCookies(visitor))
                .limit(REPLICAS)
                .toList();
        for (String name : List.of("First", "Second", "Third")) {
            chain.administrator().rename(userId, name, "Name");
            for (int i = 0; i < REPLICAS; i++) {
                Visitor server = servers.get(i);
                Origin origin = ORIGINS.get(i);
                Soon.see(
                        LIMIT,
                        () -> new Auth(withSessionCookies(server), origin).session(),
                        has("name", name + " Name"));
            }
        }
    }

    /** The version before kept a refresh token in a cookie. A replica of that version may still need it. */
    @Test
    void a_refresh_token_cookie_of_the_version_before_does_no_harm() throws Exception {
        visitor.cookies()
                .put(new Cookie(
                        "localhost", "/api/auth", "authjs.refresh-token", "of-the-version-before", Optional.empty()));
        chain.administrator().rename(userId, "New", "Name");

        for (Auth replica : IntStream.range(0, REPLICAS).mapToObj(this::at).toList()) {
            Soon.see(LIMIT, replica::session, has("name", "New Name"));
        }
    }

    private Auth at(int replica) {
        return new Auth(visitor, ORIGINS.get(replica));
    }

    /** A browser with copies of the cookies for each replica, so that a cleared cookie does not hide what another replica says. */
    private List<Auth> copies() {
        return ORIGINS.stream()
                .map(origin -> {
                    Visitor copy = new Visitor();
                    visitor.cookies().all().forEach(copy.cookies()::put);
                    return new Auth(copy, origin);
                })
                .toList();
    }

    private static Visitor withSessionCookies(Visitor visitor) {
        Visitor copy = new Visitor();
        visitor.cookies().all().stream()
                .filter(cookie -> cookie.name().contains("session-token"))
                .forEach(copy.cookies()::put);
        return copy;
    }

    /** Signs in at the first replica, and returns the user's id. There is no page to return to, only the facade. */
    private static String signIn(Visitor visitor, Person person) {
        Answer page = new SignIn(visitor, ORIGINS.get(0)).start();
        visitor.follow(visitor.press(page, "button[name=login][value=" + person.login() + "]"));
        return new Auth(visitor, ORIGINS.get(0))
                .session()
                .path("user")
                .path("id")
                .asText();
    }
}
