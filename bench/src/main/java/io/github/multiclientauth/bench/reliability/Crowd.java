package io.github.multiclientauth.bench.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.adopt.AdminApiException;
import io.github.multiclientauth.adopt.RefusedException;
import io.github.multiclientauth.bench.reliability.Tally.Count;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The load: people with browsers, servers of applications, and an administrator who ends a session now and then. */
final class Crowd implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ENDS = Duration.ofSeconds(3);

    private final Stack stack;
    private final Site site;
    private final List<Guest> guests = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Tally tally = new Tally();
    private volatile boolean open = true;

    Crowd(Stack stack, int browsers, int servers) {
        this.stack = stack;
        this.site = stack.portfolio();
        for (int i = 0; i < browsers + servers; i++) {
            guests.add(new Guest(this, People.login(i), i < browsers ? Guest.Kind.BROWSER : Guest.Kind.SERVER, PAUSE));
        }
    }

    /** Lets everybody come, and returns when all are signed in. */
    void come() throws InterruptedException {
        guests.forEach(threads::execute);
        threads.execute(this::endSessions);
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (guests.stream().anyMatch(guest -> guest.life().isEmpty()) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** The number of its people. */
    int size() {
        return guests.size();
    }

    boolean isOpen() {
        return open;
    }

    Site site() {
        return site;
    }

    Outage outage() {
        return stack.outage();
    }

    ExecutorService threads() {
        return threads;
    }

    Tally tally() {
        return tally;
    }

    /** Begins a new tally. */
    Tally begin() {
        tally = new Tally();
        return tally;
    }

    /** Keycloak's id of the user's newest session. */
    Optional<String> sidOf(String userId, Collection<Life> former) {
        Predicate<String> isKnown =
                sid -> former.stream().anyMatch(life -> life.sid().equals(Optional.of(sid)));
        try {
            return StreamSupport.stream(sessions(userId).spliterator(), false)
                    .filter(session -> !isKnown.test(session.path("id").asText()))
                    .max((a, b) -> Long.compare(
                            a.path("start").asLong(), b.path("start").asLong()))
                    .map(session -> session.path("id").asText());
        } catch (AdminApiException | RefusedException unreachable) {
            return Optional.empty();
        }
    }

    private JsonNode sessions(String userId) {
        return stack.administrator().get("/users/" + userId + "/sessions");
    }

    private void endSessions() {
        Random random = new Random(20);
        try {
            while (open) {
                TimeUnit.NANOSECONDS.sleep(BETWEEN_ENDS.toNanos());
                Guest guest = guests.get(random.nextInt(guests.size()));
                Optional<Life> life = guest.life().filter(Life::mustLive);
                if (guest.kind() == Guest.Kind.BROWSER && life.isPresent()) {
                    life.get().sid().ifPresent(sid -> end(life.get(), sid));
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Life life, String sid) {
        Tally now = tally;
        life.ending();
        try {
            stack.administrator().send("DELETE", "/sessions/" + sid, null);
            life.ended();
            now.add(Count.ENDED_BY_ADMINISTRATOR);
            now.ended(life);
        } catch (AdminApiException | RefusedException unknown) {
            // Whether it has ended is unknown, so both answers are right.
        }
    }

    /** Tries the cookies of every ended session at each facade, and looks for the sessions at Keycloak. */
    void verify(Tally of) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Outage.NOTICED_WITHIN.toNanos());
        List<Life> ended = new ArrayList<>(of.ended());
        Collections.reverse(ended);
        for (Life life : ended) {
            for (int replica = 0; replica < stack.replicas(); replica++) {
                if (isAlive(life, replica)) {
                    of.fault(
                            Count.SIGN_OUTS_LOST,
                            "ended session alive at the end",
                            life.userId() + " at facade " + replica);
                }
            }
            life.sid()
                    .filter(sid -> has(life, sid))
                    .ifPresent(sid -> of.fault(
                            Count.SIGN_OUTS_LOST,
                            "ended session alive at Keycloak",
                            life.userId() + ", session " + sid));
        }
    }

    private boolean isAlive(Life life, int replica) {
        Visitor copy = new Visitor();
        life.cookies().forEach(copy.cookies()::put);
        try {
            Answer answer = copy.get(site.at("session"), Balancer.SERVER, Integer.toString(replica));
            return answer.status() != 200 || !answer.json().isNull();
        } catch (ProofFailedException none) {
            return true;
        }
    }

    private boolean has(Life life, String sid) {
        return StreamSupport.stream(sessions(life.userId()).spliterator(), false)
                .anyMatch(session -> session.path("id").asText().equals(sid));
    }

    @Override
    public void close() {
        open = false;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(40, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
