package io.github.multiclientauth.bench.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.bench.reliability.Tally.Count;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Cookie;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A signed-in person. In a browser, cookies are kept, and the person signs out and in again now and then. A server has the session cookie
 * alone, and drops every {@code Set-Cookie}.
 */
final class Guest implements Runnable {

    /** What a guest is. */
    enum Kind {
        BROWSER,
        SERVER
    }

    private static final int TURNS_BETWEEN_TABS = 7;
    private static final int TURNS_BETWEEN_UPDATES = 15;
    private static final int TURNS_BETWEEN_SIGN_OUTS = 40;
    private static final int TABS = 3;
    private static final int REMEMBERED = 3;

    /** Between the end of a session, or a sign-in that failed, and the next sign-in. */
    private static final Duration AFTER_END = Duration.ofSeconds(2);

    /** A person presses a button again. */
    private static final int ATTEMPTS = 3;

    private final Crowd crowd;
    private final String login;
    private final Kind kind;
    private final Duration pause;
    private final Random random;
    private final Deque<Life> former = new ArrayDeque<>();
    private Visitor visitor = new Visitor();
    private volatile Life life;
    private int turns;

    Guest(Crowd crowd, String login, Kind kind, Duration pause) {
        this.crowd = crowd;
        this.login = login;
        this.kind = kind;
        this.pause = pause;
        this.random = new Random(login.hashCode());
        this.turns = random.nextInt(TURNS_BETWEEN_SIGN_OUTS);
    }

    /** The session of now. Empty while the person signs in. */
    Optional<Life> life() {
        return Optional.ofNullable(life);
    }

    Kind kind() {
        return kind;
    }

    @Override
    public void run() {
        try {
            while (crowd.isOpen()) {
                turn();
                Duration rest = life == null ? AFTER_END : pause;
                TimeUnit.NANOSECONDS.sleep((long) (rest.toNanos() * (0.5 + random.nextDouble())));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            bug.printStackTrace();
        }
    }

    private void turn() {
        turns++;
        if (life == null) {
            signIn();
        } else if (kind == Kind.SERVER) {
            read(life, withCookiesOf(life));
            return;
        } else {
            browse();
        }
        former.stream().skip(turns % REMEMBERED).findFirst().ifPresent(ended -> read(ended, withCookiesOf(ended)));
    }

    private void browse() {
        life.keep(sessionCookies());
        if (turns % TURNS_BETWEEN_SIGN_OUTS == 0) {
            signOut();
        } else if (turns % TURNS_BETWEEN_UPDATES == 0) {
            update();
        } else if (turns % TURNS_BETWEEN_TABS == 0) {
            readInTabs();
        } else {
            read(life, visitor);
        }
    }

    private List<Cookie> sessionCookies() {
        return visitor.cookies().all().stream()
                .filter(cookie -> cookie.name().contains("session-token"))
                .toList();
    }

    private static Visitor withCookiesOf(Life life) {
        Visitor copy = new Visitor();
        life.cookies().forEach(copy.cookies()::put);
        return copy;
    }

    private void signIn() {
        Tally tally = crowd.tally();
        long begin = System.nanoTime();
        try {
            visitor = new Visitor();
            String userId = crowd.site().signIn(visitor, login);
            Optional<String> sid = crowd.sidOf(userId, former);
            life = new Life(userId, sid, sessionCookies());
            tally.add(Count.SIGN_INS);
        } catch (ProofFailedException failed) {
            if (crowd.outage().excuses(begin, System.nanoTime())) {
                tally.add(Count.SIGN_INS_FAILED_IN_OUTAGE);
            } else {
                tally.fault(Count.SIGN_INS_FAILED, "sign-in failed", login + ": " + failed.getMessage());
            }
        }
    }

    private void read(Life whose, Visitor with) {
        Tally tally = crowd.tally();
        long sent = System.nanoTime();
        Optional<Answer> answer = attempt(() -> with.get(crowd.site().at("session")));
        tally.add(Count.READS);
        if (answer.isPresent()) {
            tally.waited(Duration.ofNanos(System.nanoTime() - sent));
        }
        judge(whose, sent, answer, tally);
    }

    /** Three tabs of a browser at the same time; each has the cookies of before. */
    private void readInTabs() {
        Life whose = life;
        List<Visitor> tabs = Stream.generate(Visitor::new).limit(TABS).toList();
        tabs.forEach(tab -> visitor.cookies().all().forEach(tab.cookies()::put));
        List<CompletableFuture<Void>> reads = tabs.stream()
                .map(tab -> CompletableFuture.runAsync(() -> read(whose, tab), crowd.threads()))
                .toList();
        reads.forEach(CompletableFuture::join);
        tabs.forEach(tab -> tab.cookies().all().forEach(visitor.cookies()::put));
    }

    private void update() {
        Tally tally = crowd.tally();
        long sent = System.nanoTime();
        Optional<Answer> answer = attempt(() -> {
            Answer csrf = visitor.get(crowd.site().at("csrf"));
            return csrf.status() == 200
                    ? visitor.postJson(
                            crowd.site().at("session"), "{\"csrfToken\":\"" + Site.token(csrf) + "\",\"data\":{}}")
                    : csrf;
        });
        tally.add(Count.UPDATES);
        judge(life, sent, answer, tally);
    }

    private void signOut() {
        Tally tally = crowd.tally();
        Life leaving = life;
        leaving.ending();
        boolean acknowledged = false;
        for (int i = 0; i < ATTEMPTS && !acknowledged; i++) {
            acknowledged =
                    attempt(this::askToSignOut).filter(Guest::isAcknowledged).isPresent();
        }
        if (acknowledged) {
            leaving.ended();
            tally.add(Count.SIGN_OUTS);
            tally.ended(leaving);
            remember(leaving);
        } else {
            tally.fault(Count.WRONG, "sign-out not acknowledged", login);
        }
        life = null;
    }

    private static boolean isAcknowledged(Answer answer) {
        return answer.status() == 302
                && answer.headers()
                        .firstValue("Location")
                        .filter(location -> !location.contains("error="))
                        .isPresent();
    }

    private Answer askToSignOut() {
        Answer csrf = visitor.get(crowd.site().at("csrf"));
        return csrf.status() == 200
                ? visitor.post(crowd.site().at("signout"), Map.of("csrfToken", Site.token(csrf), "callbackUrl", "/"))
                : csrf;
    }

    private void remember(Life ended) {
        former.addFirst(ended);
        if (former.size() > REMEMBERED) {
            former.removeLast();
        }
    }

    private void judge(Life whose, long sent, Optional<Answer> came, Tally tally) {
        long now = System.nanoTime();
        if (came.isEmpty()) {
            tally.fault(Count.WRONG, "no answer", login);
            return;
        }
        Answer answer = came.get();
        String from = login + " (" + kind + ") at "
                + answer.headers().firstValue(Balancer.SERVER).orElse("none");
        if (answer.status() == 503) {
            tally.add(Count.UNAVAILABLE);
            if (!crowd.outage().excuses(sent, now)) {
                tally.fault(Count.WRONG, "503 while Keycloak is there", from);
            }
        } else if (answer.status() != 200) {
            tally.fault(Count.WRONG, "status " + answer.status(), from);
        } else {
            judge(whose, sent, answer, from, tally);
        }
    }

    private void judge(Life whose, long sent, Answer answer, String from, Tally tally) {
        JsonNode session;
        try {
            session = answer.json();
        } catch (ProofFailedException broken) {
            tally.fault(Count.WRONG, "broken body", from);
            return;
        }
        OptionalLong ended = whose.endedAt();
        if (session.isNull()) {
            if (whose.mustLive()) {
                tally.fault(Count.LOST, "session lost", from);
            }
            if (whose == life) {
                forgetLife();
            }
        } else if (!session.path("user").path("id").asText().equals(whose.userId())) {
            tally.fault(Count.WRONG, "another person", from);
        } else if (ended.isPresent() && sent > ended.getAsLong()) {
            Duration calm = crowd.outage().calm(ended.getAsLong(), sent);
            tally.alive(calm);
            if (calm.compareTo(Outage.NOTICED_WITHIN) > 0) {
                tally.fault(Count.WRONG, "ended, but answered as alive", from + " after " + calm.toMillis() + " ms");
            }
        }
    }

    private synchronized void forgetLife() {
        if (life != null && life.endedAt().isPresent()) {
            remember(life);
        }
        life = null;
    }

    private static Optional<Answer> attempt(Supplier<Answer> request) {
        try {
            return Optional.of(request.get());
        } catch (ProofFailedException none) {
            return Optional.empty();
        }
    }
}
