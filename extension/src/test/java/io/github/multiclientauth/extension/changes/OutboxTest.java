package io.github.multiclientauth.extension.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.changes.Change.ClientChanged;
import io.github.multiclientauth.extension.changes.Change.RealmChanged;
import io.github.multiclientauth.extension.changes.Change.SessionEnded;
import io.github.multiclientauth.extension.changes.Change.UserChanged;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {

    private final Outbox outbox = new Outbox();

    @Test
    void gives_each_change_once() throws InterruptedException {
        outbox.add("realm", new SessionEnded("sid"));
        outbox.add("realm", new SessionEnded("sid"));
        outbox.add("other", new ClientChanged("portfolio"));

        assertThat(outbox.take(60_000))
                .isEqualTo(new Outbox.Batch(
                        Map.of(
                                "realm", Set.of(new SessionEnded("sid")),
                                "other", Set.of(new ClientChanged("portfolio"))),
                        false));
        assertThat(outbox.take(1)).isEqualTo(Outbox.Batch.NOTHING);
    }

    @Test
    void gives_again_what_could_not_be_told() throws InterruptedException {
        outbox.add("realm", new SessionEnded("sid"));
        Outbox.Batch batch = outbox.take(60_000);
        outbox.add("realm", new UserChanged("somebody"));
        outbox.putBack(batch);

        assertThat(outbox.take(60_000).realms())
                .isEqualTo(Map.of("realm", Set.of(new SessionEnded("sid"), new UserChanged("somebody"))));
    }

    @Test
    void turns_a_flood_into_one_change_of_each_realm() throws InterruptedException {
        outbox.add("other", new SessionEnded("sid"));
        IntStream.range(0, Outbox.MAX_CHANGES).forEach(i -> outbox.add("realm", new UserChanged("user-" + i)));

        assertThat(outbox.take(60_000).realms())
                .isEqualTo(Map.of("realm", Set.of(new RealmChanged()), "other", Set.of(new RealmChanged())));
    }

    @Test
    void says_only_that_something_has_changed_in_too_many_realms() throws InterruptedException {
        IntStream.rangeClosed(0, Outbox.MAX_CHANGES).forEach(i -> outbox.add("realm-" + i, new RealmChanged()));

        assertThat(outbox.take(60_000)).isEqualTo(new Outbox.Batch(Map.of(), true));
    }

    @Test
    void a_message_is_read_as_it_was_written() {
        Message message = new Message(
                "node",
                12,
                true,
                new Outbox.Batch(
                        Map.of(
                                "a \"realm\"",
                                Set.of(
                                        new SessionEnded("sid"),
                                        new UserChanged("f:1:x", Optional.of("sid")),
                                        new UserChanged("somebody"),
                                        new ClientChanged("https://app.example/"),
                                        new RealmChanged())),
                        true));

        assertThat(Message.read(message.text())).contains(message);
    }

    @Test
    void ignores_a_message_that_is_none_of_ours() {
        assertThat(Message.read("")).isEmpty();
        assertThat(Message.read("{")).isEmpty();
        assertThat(Message.read("[]")).isEmpty();
        assertThat(Message.read("{\"node\":1}")).isEmpty();
    }

    @Test
    void everybody_is_concerned_by_what_a_later_version_says() {
        assertThat(Message.read("{\"node\":\"n\",\"number\":1,\"realms\":{\"realm\":[{\"role\":\"x\"}]}}"))
                .map(message -> message.batch().realms())
                .contains(Map.of("realm", Set.of(new RealmChanged())));
    }
}
