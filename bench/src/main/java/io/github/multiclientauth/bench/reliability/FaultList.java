package io.github.multiclientauth.bench.reliability;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.process.WrongClock;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.Visitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The faults of the table. */
final class FaultList {

    /** People who sign in at the same time, again and again. */
    static final int AT_ONCE = 8;

    private static final String KEY_PROVIDERS = "/components?type=org.keycloak.keys.KeyProvider";

    private final Stack stack;
    private final Crowd crowd;
    private final double scale;

    /** @param scale shortens the faults, to try them out */
    FaultList(Stack stack, Crowd crowd, double scale) {
        this.stack = stack;
        this.crowd = crowd;
        this.scale = scale;
    }

    List<Fault> all() {
        return List.of(
                new Fault("none; each request goes to another facade", () -> pause(30)),
                new Fault("Keycloak killed for 60 s", this::killKeycloak),
                new Fault("Keycloak frozen for 40 s", this::freezeKeycloak),
                new Fault("Keycloak answers 500 for 30 s", () -> breakAnswers(Balancer.Mode.ERROR, 30)),
                new Fault("Keycloak answers garbage for 30 s", () -> breakAnswers(Balancer.Mode.GARBAGE, 30)),
                new Fault("Keycloak answers after 30 s, for 60 s", () -> breakAnswers(Balancer.Mode.LATE, 60)),
                new Fault("one of two Keycloak nodes killed", this::killNode),
                new Fault("PostgreSQL restarted", this::restartDatabase),
                new Fault("one of three facades killed for 20 s", this::killReplica),
                new Fault("all facades restarted, one after the other", this::restartReplicas),
                new Fault("clock of one facade 2 minutes ahead", () -> clock("+120s")),
                new Fault("clock of one facade 2 minutes behind", () -> clock("-120s")),
                new Fault("signing keys of the realm rotated", this::rotateRealmKeys),
                new Fault("the facade's key rotated", this::rotateFacadeKey),
                new Fault("AUTH_SECRET rotated", this::rotateSecret),
                new Fault("SIGTERM during sign-ins", this::terminateDuringSignIns));
    }

    private void pause(double seconds) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep((long) (seconds * scale * 1000));
    }

    private void killKeycloak() throws IOException, InterruptedException {
        stack.outage().begin();
        for (int i = 0; i < stack.nodes(); i++) {
            stack.node(i).kill();
        }
        pause(60);
        for (int i = 0; i < stack.nodes(); i++) {
            stack.restart(stack.node(i));
            if (i == 0) {
                endOutage();
            }
        }
    }

    private void endOutage() throws IOException, InterruptedException {
        stack.awaitKeycloak();
        stack.outage().end();
    }

    private void freezeKeycloak() throws IOException, InterruptedException {
        stack.outage().begin();
        for (int i = 0; i < stack.nodes(); i++) {
            stack.node(i).signal(Signal.STOP);
        }
        pause(40);
        for (int i = 0; i < stack.nodes(); i++) {
            stack.node(i).signal(Signal.CONT);
        }
        endOutage();
    }

    private void breakAnswers(Balancer.Mode mode, int seconds) throws IOException, InterruptedException {
        stack.outage().begin();
        stack.line().mode(mode);
        pause(seconds);
        stack.line().mode(Balancer.Mode.FORWARD);
        stack.awaitKeycloak();
        if (mode == Balancer.Mode.LATE) {
            stack.outage().endSlowly();
        } else {
            stack.outage().end();
        }
    }

    private void killNode() throws IOException, InterruptedException {
        stack.node(1).kill();
        pause(30);
        stack.restart(stack.node(1));
        pause(10);
    }

    private void restartDatabase() throws IOException, InterruptedException {
        stack.outage().begin();
        stack.database().stop();
        pause(5);
        stack.database().start();
        endOutage();
        pause(20);
    }

    private void killReplica() throws IOException, InterruptedException {
        stack.replica(1).kill();
        pause(20);
        stack.restart(1);
        pause(5);
    }

    private void restartReplicas() throws IOException, InterruptedException {
        for (int i = 0; i < stack.replicas(); i++) {
            stack.front().drain(i);
            pause(2);
            stack.replica(i).terminate();
            stack.restart(i);
            pause(5);
        }
    }

    private void clock(String difference) throws IOException, InterruptedException {
        Path library = WrongClock.library().orElseThrow(() -> new IOException("apt-get install libfaketime"));
        stack.configure(2, WrongClock.environment(library, difference));
        restartGracefully(2);
        pause(30);
        stack.configure(2, WrongClock.none());
        restartGracefully(2);
    }

    private void restartGracefully(int index) throws IOException, InterruptedException {
        stack.front().drain(index);
        TimeUnit.SECONDS.sleep(1);
        stack.replica(index).terminate();
        stack.restart(index);
    }

    /** The realm signs with a new key at once, and later its old RSA keys are gone. */
    private void rotateRealmKeys() throws InterruptedException {
        List<String> old = StreamSupport.stream(
                        stack.administrator().get(KEY_PROVIDERS).spliterator(), false)
                .filter(key -> key.path("providerId").asText().equals("rsa-generated"))
                .map(key -> key.path("id").asText())
                .toList();
        ObjectNode key = JsonNodeFactory.instance
                .objectNode()
                .put("name", "key " + UUID.randomUUID())
                .put("providerId", "rsa-generated")
                .put("providerType", "org.keycloak.keys.KeyProvider");
        ObjectNode config = key.putObject("config");
        Map.of(
                        "priority", Long.toString(System.currentTimeMillis() / 1000),
                        "enabled", "true",
                        "active", "true",
                        "algorithm", "RS256",
                        "keySize", "2048")
                .forEach((setting, value) -> config.putArray(setting).add(value));
        stack.administrator().post("/components", key);
        pause(15);
        old.forEach(id -> stack.administrator().send("DELETE", "/components/" + id, null));
        pause(20);
    }

    private void rotateFacadeKey() throws IOException, InterruptedException {
        stack.rotateKey();
        pause(40);
    }

    /** First all facades learn to open what the new secret seals. Then they seal with it; the one with the highest number seals. */
    private void rotateSecret() throws IOException, InterruptedException {
        String former = stack.authSecret();
        String next = UUID.randomUUID() + "-" + UUID.randomUUID();
        restartAllWith(next, former);
        pause(10);
        restartAllWith(former, next);
        pause(15);
    }

    private void restartAllWith(String opening, String sealing) throws IOException, InterruptedException {
        stack.authSecret(opening);
        for (int i = 0; i < stack.replicas(); i++) {
            stack.configure(i, Map.of("AUTH_SECRET_1", sealing));
            restartGracefully(i);
        }
    }

    private void terminateDuringSignIns() throws IOException, InterruptedException {
        Thread[] people = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> new Thread(() -> signInOften(People.login(i + crowd.size()))))
                .toArray(Thread[]::new);
        for (Thread person : people) {
            person.start();
        }
        for (int i = 0; i < stack.replicas(); i++) {
            pause(5);
            stack.replica(i).terminate();
            stack.restart(i);
        }
        for (Thread person : people) {
            person.join(Duration.ofSeconds(60).toMillis());
        }
    }

    private void signInOften(String login) {
        for (int i = 0; i < 10 * scale; i++) {
            try {
                stack.portfolio().signIn(new Visitor(), login);
                crowd.tally().add(Tally.Count.SIGN_INS);
            } catch (ProofFailedException failed) {
                crowd.tally().fault(Tally.Count.SIGN_INS_FAILED, "sign-in failed", failed.getMessage());
            }
        }
    }
}
