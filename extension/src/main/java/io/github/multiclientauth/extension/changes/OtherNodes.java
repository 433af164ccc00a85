package io.github.multiclientauth.extension.changes;

import io.github.multiclientauth.extension.changes.Outbox.Batch;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.keycloak.cluster.ClusterEvent;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The other nodes of the cluster: tells them of this node's changes, and hears of theirs. The first change after a pause is
 * told at once. During a flood there is one message every {@link #PAUSE}.
 */
final class OtherNodes implements AutoCloseable {

    /** The name under which our messages are sent. */
    private static final String TASK = "MULTI_CLIENT_AUTH_CHANGES";

    private static final long PAUSE = 100;

    /** How often a node that has nothing to tell says that it is there. */
    private static final long SIGN_OF_LIFE = Duration.ofSeconds(2).toMillis();

    private static final long RETRY = Duration.ofSeconds(1).toMillis();

    private final Clock clock = Clock.systemUTC();
    private final String name = UUID.randomUUID().toString();
    private final Outbox outbox = new Outbox();
    private final Memory memory;
    private final KeycloakSessionFactory factory;
    private final TextEvent texts;
    private final Peers peers;
    private final Thread teller;

    private long number = 1;
    private boolean failing;

    private OtherNodes(Memory memory, KeycloakSessionFactory factory, TextEvent texts) {
        this.memory = memory;
        this.factory = factory;
        this.texts = texts;
        this.peers = new Peers(clock.millis());
        this.teller = new Thread(this::tellAll, "multi-client-auth-changes");
        this.teller.setDaemon(true);
    }

    /** Begins to listen and to tell. From then on the memory is complete. */
    static OtherNodes join(Memory memory, KeycloakSessionFactory factory, TextEvent texts) {
        OtherNodes others = new OtherNodes(memory, factory, texts);
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ClusterProvider.class).registerListener(TASK, others::hear);
        }
        memory.begin();
        others.teller.start();
        return others;
    }

    void tell(String realmId, Change change) {
        outbox.add(realmId, change);
    }

    private void hear(ClusterEvent event) {
        Message.read(texts.textOf(event)).ifPresent(message -> {
            boolean isComplete = peers.hear(message.node(), message.number(), clock.millis());
            if (message.leaves()) {
                peers.leave(message.node());
            }
            if (!isComplete || message.batch().anything()) {
                memory.begin();
            }
            message.batch()
                    .realms()
                    .forEach((realmId, changes) -> changes.forEach(change -> memory.note(realmId, change)));
        });
    }

    private void tellAll() {
        try {
            // The others must know of this node before it can be killed.
            long longest = 1;
            while (true) {
                Batch batch = outbox.take(longest);
                longest = SIGN_OF_LIFE;
                if (peers.isOneSilent(clock.millis())) {
                    memory.begin();
                }
                if (send(batch, false)) {
                    Thread.sleep(PAUSE);
                } else {
                    outbox.putBack(batch);
                    Thread.sleep(RETRY);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    // Keycloak 26.4 deprecated the choice of sites; older ones have no other method.
    @SuppressWarnings("removal")
    private boolean send(Batch batch, boolean leaves) {
        String text = new Message(name, number, leaves, batch).text();
        try (KeycloakSession session = factory.create()) {
            session.getProvider(ClusterProvider.class)
                    .notify(TASK, texts.of(text), true, ClusterProvider.DCNotify.ALL_DCS);
            number++;
            failing = false;
            return true;
        } catch (RuntimeException | LinkageError e) {
            if (!failing && !leaves) {
                ChangesLog.LOG.notTold(e);
            }
            failing = true;
            return false;
        }
    }

    /** Tells what is left, as far as the cluster still works. */
    @Override
    public void close() {
        teller.interrupt();
        try {
            teller.join(RETRY);
            send(outbox.take(1), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
