package io.github.multiclientauth.bench.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.adopt.AdminApi;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.web.Parameters;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How long it takes until what ends or changes is over at every facade. */
final class Propagation {

    /** Those who sign in here, each for one trial. */
    static final int PEOPLE = 400;

    /** Shorter than the five minutes of today's confirmations, longer than any goal. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration BETWEEN_READS = Duration.ofMillis(20);

    private final Stack stack;
    private final AdminApi administrator;
    private final int trials;
    private final PrintStream screen;
    private int person;

    /**
     * Prepares the trials.
     *
     * @param first the number of the first person who may sign in here
     */
    Propagation(Stack stack, int first, int trials, PrintStream screen) {
        this.stack = stack;
        this.administrator = stack.administrator();
        this.person = first;
        this.trials = trials;
        this.screen = screen;
    }

    /** A person who is signed in at both applications. */
    private record Subject(Visitor visitor, String userId, String sid, List<Cookie> cookies) {}

    /** What somebody does to a subject. */
    @FunctionalInterface
    private interface Deed {
        void to(Subject subject);
    }

    String table() throws InterruptedException {
        Predicate<JsonNode> over = JsonNode::isNull;
        List<String> rows = new ArrayList<>();
        rows.add(row("the person signs out", trials, over, this::signOut));
        rows.add(row("the person signs out at another application", trials, over, this::signOutElsewhere));
        rows.add(row(
                "an administrator ends the session",
                trials,
                over,
                subject -> administrator.send("DELETE", "/sessions/" + subject.sid(), null)));
        rows.add(row(
                "an administrator signs the user out",
                trials,
                over,
                subject -> administrator.post(
                        "/users/" + subject.userId() + "/logout", JsonNodeFactory.instance.objectNode())));
        rows.add(row(
                "an administrator disables the user",
                trials,
                over,
                subject -> change(subject, user -> user.put("enabled", false))));
        rows.add(row(
                "an administrator deletes the user",
                trials,
                over,
                subject -> administrator.send("DELETE", "/users/" + subject.userId(), null)));
        rows.add(row(
                "a changed name shows",
                trials,
                shown("name", "Changed"),
                subject -> change(subject, user -> user.put("firstName", "Changed"))));
        rows.add(row(
                "a changed e-mail address shows",
                trials,
                shown("email", "changed-"),
                subject -> change(
                        subject,
                        user -> user.put(
                                "email", "changed-" + user.path("email").asText()))));
        int few = Math.min(trials, 3);
        rows.add(row("an administrator sets the client's not-before", few, over, subject -> clientNotBefore()));
        rows.add(row(
                "an administrator sets the realm's not-before",
                few,
                over,
                subject -> administrator.put(
                        "",
                        JsonNodeFactory.instance.objectNode().put("notBefore", System.currentTimeMillis() / 1000))));
        rows.add(row(
                "an administrator ends all sessions of the realm",
                few,
                over,
                subject -> administrator.post("/logout-all", JsonNodeFactory.instance.objectNode())));
        return """
                | what happens | trials | at all three facades after, median | longest |
                |---|---:|---:|---:|
                %s
                """.formatted(String.join("\n", rows));
    }

    private static Predicate<JsonNode> shown(String field, String begin) {
        return session -> session.path("user").path(field).asText().startsWith(begin);
    }

    private void signOut(Subject subject) {
        subject.visitor()
                .post(
                        stack.portfolio().at("signout"),
                        Map.of("csrfToken", stack.portfolio().csrfToken(subject.visitor()), "callbackUrl", "/"));
    }

    private void signOutElsewhere(Subject subject) {
        subject.visitor()
                .post(
                        stack.dashboard().at("signout"),
                        Map.of("csrfToken", stack.dashboard().csrfToken(subject.visitor()), "callbackUrl", "/"));
    }

    private void change(Subject subject, Consumer<ObjectNode> change) {
        ObjectNode user = (ObjectNode) administrator.get("/users/" + subject.userId());
        change.accept(user);
        administrator.put("/users/" + subject.userId(), user);
    }

    private void clientNotBefore() {
        ObjectNode client = (ObjectNode) administrator
                .get("/clients?" + Parameters.encode(Map.of("clientId", "portfolio")))
                .get(0);
        administrator.put(
                "/clients/" + client.path("id").asText(), client.put("notBefore", System.currentTimeMillis() / 1000));
    }

    private String row(String name, int times, Predicate<JsonNode> expected, Deed deed) throws InterruptedException {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Subject subject = signedIn();
            // Not-before has seconds, and a session of the same second is none before.
            TimeUnit.MILLISECONDS.sleep(1100);
            long begin = System.nanoTime();
            deed.to(subject);
            took.add(awaitEverywhere(subject, expected, begin));
        }
        List<Duration> sorted = took.stream().sorted().toList();
        String row = String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s |",
                name,
                times,
                text(sorted.get(sorted.size() / 2)),
                text(sorted.get(sorted.size() - 1)));
        screen.println(row + "  "
                + sorted.stream().map(each -> Long.toString(each.toMillis())).collect(Collectors.joining(" ")));
        return row;
    }

    private static String text(Duration time) {
        return time.compareTo(LIMIT) >= 0
                ? "not within " + LIMIT.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
    }

    private Subject signedIn() {
        Visitor visitor = new Visitor();
        String userId = stack.portfolio().signIn(visitor, People.login(person++));
        // Single sign-on at the other one.
        visitor.browse(stack.dashboard().at("signin/keycloak?callbackUrl=%2F"));
        if (visitor.get(stack.dashboard().at("session")).json().isNull()) {
            throw new ProofFailedException("No single sign-on");
        }
        String sid = administrator
                .get("/users/" + userId + "/sessions")
                .path(0)
                .path("id")
                .asText();
        List<Cookie> cookies = visitor.cookies().all().stream()
                .filter(cookie ->
                        cookie.host().equals(stack.portfolio().origin().host())
                                && cookie.name().contains("session-token"))
                .toList();
        return new Subject(visitor, userId, sid, cookies);
    }

    /** Reads at each facade with a copy of the cookie, until all answer as expected. The first answers may come before that. */
    private Duration awaitEverywhere(Subject subject, Predicate<JsonNode> expected, long begin)
            throws InterruptedException {
        for (int replica = 0; replica < stack.replicas(); replica++) {
            while (!expected.test(read(subject, replica))) {
                if (System.nanoTime() - begin > LIMIT.toNanos()) {
                    return LIMIT;
                }
                TimeUnit.NANOSECONDS.sleep(BETWEEN_READS.toNanos());
            }
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private JsonNode read(Subject subject, int replica) {
        Visitor copy = new Visitor();
        subject.cookies().forEach(copy.cookies()::put);
        Answer answer = copy.get(stack.portfolio().at("session"), Balancer.SERVER, Integer.toString(replica));
        return answer.status() == 200 ? answer.json() : JsonNodeFactory.instance.missingNode();
    }
}
