package io.github.multiclientauth.facade.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multiclientauth.facade.client.ClientAuthentication;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.client.Recognition.Reason;
import io.github.multiclientauth.facade.client.Recognition.Recognized;
import io.github.multiclientauth.facade.client.Recognition.Refused;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.event.ApplicationChange;
import io.github.multiclientauth.facade.event.ApplicationChange.Kind;
import io.github.multiclientauth.facade.event.DirectoryEvent;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.fake.RecordedEvents;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.origin.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveDirectoryTest {

    private static final Duration KEEP_FOR = Duration.ofHours(12);
    private static final Origin SHOP = Origin.parse("https://shop.example").orElseThrow();

    private final MovableClock clock = new MovableClock();
    private final List<Optional<String>> askedWith = new ArrayList<>();
    private final RecordedEvents events = new RecordedEvents();
    private final List<ClientId> departed = new ArrayList<>();
    private Optional<Secret> secret = Optional.empty();
    private Runnable blocking = () -> {};
    private Fetched next = new Fetched.Failed("away");
    private Optional<RuntimeException> mistake = Optional.empty();

    private final LiveDirectory directory = new LiveDirectory(
            tag -> {
                askedWith.add(tag);
                blocking.run();
                mistake.ifPresent(thrown -> {
                    throw thrown;
                });
                return next;
            },
            new Secrets(),
            departed::add,
            KEEP_FOR,
            clock,
            events);

    private final class Secrets implements ClientSecrets {

        @Override
        public Optional<Secret> of(ClientId clientId) {
            return now().of(clientId);
        }

        @Override
        public ClientSecrets now() {
            return new One(secret);
        }
    }

    private record One(Optional<Secret> secret) implements ClientSecrets {

        @Override
        public Optional<Secret> of(ClientId clientId) {
            return secret;
        }
    }

    private static Fetched listing(String tag, String... clients) {
        List<String> entries = new ArrayList<>();
        for (String client : clients) {
            String[] parts = client.split("@");
            entries.add("{\"clientId\":\"" + parts[0] + "\",\"authentication\":\"none\",\"webOrigins\":[\"" + parts[1]
                    + "\"]}");
        }
        return new Fetched.Document(
                "{\"version\":1,\"applications\":[" + String.join(",", entries) + "]}", Optional.of(tag));
    }

    private void poll(Fetched answer) {
        next = answer;
        directory.poll();
    }

    private Recognition shop() {
        return directory.snapshot().recognize(SHOP);
    }

    @Test
    void is_not_ready_before_it_was_read_and_says_why() {
        assertThat(directory.isReady()).isFalse();
        assertThat(shop()).isEqualTo(new Refused(Reason.NOT_READY));

        poll(new Fetched.Failed("away"));

        assertThat(directory.isReady()).isFalse();
        assertThat(directory.state().problem()).isEqualTo("away");
        assertThat(directory.state().failures()).isEqualTo(1);
    }

    @Test
    void is_read_again_for_somebody_who_cannot_wait() {
        poll(listing("1"));
        next = listing("2", "shop@https://shop.example");

        assertThat(directory.readAgain().recognize(SHOP)).isInstanceOf(Recognized.class);
        next = new Fetched.Failed("away");
        assertThat(directory.readAgain().recognize(SHOP))
                .as("the last one, while Keycloak is away")
                .isInstanceOf(Recognized.class);
        assertThat(askedWith).hasSize(3);
    }

    @Test
    void concurrent_callers_share_a_request() throws InterruptedException {
        poll(listing("1"));
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        blocking = () -> {
            begun.countDown();
            await(go);
        };
        List<Thread> callers = new ArrayList<>();
        callers.add(started(directory::readAgain));
        await(begun);
        for (int i = 0; i < 10; i++) {
            callers.add(started(directory::readAgain));
        }
        for (Thread caller : callers.subList(1, callers.size())) {
            while (caller.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
        }
        go.countDown();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(askedWith)
                .as("one at first, one for the first caller, one for all who came while that was on its way")
                .hasSize(3);
    }

    private static Thread started(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its message may quote a token, so it must not reach the operator. */
    @Test
    void a_bug_in_the_facade_counts_as_a_failed_fetch() {
        poll(listing("1", "shop@https://shop.example"));
        mistake = Optional.of(new IllegalStateException("Bearer canary"));

        assertThatThrownBy(directory::poll).isInstanceOf(IllegalStateException.class);

        assertThat(directory.state().failures()).isEqualTo(1);
        assertThat(directory.state().problem())
                .contains("IllegalStateException")
                .doesNotContain("canary");
        assertThat(directory.isReady()).isTrue();

        clock.advance(KEEP_FOR.plusSeconds(1));
        assertThatThrownBy(directory::poll).isInstanceOf(IllegalStateException.class);

        assertThat(directory.isReady()).isFalse();
        assertThat(events.all())
                .contains(new DirectoryEvent.GivenUp())
                .noneMatch(event -> event.toString().contains("canary"));
    }

    @Test
    void knows_an_application_from_the_poll_after_it_was_saved_to_the_one_after_it_was_removed() {
        poll(listing("1"));
        assertThat(directory.isReady()).isTrue();
        assertThat(shop()).isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));

        poll(listing("2", "shop@https://shop.example"));
        assertThat(shop()).isInstanceOf(Recognized.class);

        poll(listing("3"));
        assertThat(shop()).isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
        assertThat(events.all())
                .filteredOn(event -> !(event instanceof DirectoryEvent.ApplicationChanged))
                .containsExactly(
                        new DirectoryEvent.Changed(0),
                        new DirectoryEvent.Changed(1),
                        new DirectoryEvent.Changed(0),
                        new DirectoryEvent.Emptied(1));
    }

    private List<ApplicationChange> changes() {
        return events.of(DirectoryEvent.ApplicationChanged.class).stream()
                .map(DirectoryEvent.ApplicationChanged::change)
                .toList();
    }

    @Test
    void says_what_an_administrator_has_changed_but_not_what_was_there_at_the_start() {
        poll(one("1", ",\"authentication\":\"none\",\"providers\":[{\"alias\":\"github\"}]"));
        assertThat(changes()).as("at the start").isEmpty();

        poll(one("2", ",\"authentication\":\"none\",\"providers\":[{\"alias\":\"google\"}]"));
        poll(one("3", ",\"enabled\":false"));
        poll(listing("4"));
        poll(listing("5", "shop@https://shop.example"));

        assertThat(changes())
                .extracting(
                        ApplicationChange::kind,
                        ApplicationChange::originsAdded,
                        ApplicationChange::originsRemoved,
                        ApplicationChange::providersAdded,
                        ApplicationChange::providersRemoved)
                .containsExactly(
                        tuple(Kind.CHANGED, List.of(), List.of(), List.of("google"), List.of("github")),
                        tuple(Kind.CHANGED, List.of(), List.of(), List.of(), List.of()),
                        tuple(Kind.REMOVED, List.of(), List.of("https://shop.example"), List.of(), List.of()),
                        tuple(Kind.ADDED, List.of("https://shop.example"), List.of(), List.of(), List.of()));
        assertThat(changes().get(1).settings()).containsExactly(ApplicationChange.Setting.ENABLED);
        assertThat(changes()).extracting(ApplicationChange::client).containsOnly(new ClientId("shop"));
    }

    @Test
    void says_that_a_secret_has_changed_and_not_to_what() {
        secret = Optional.of(new Secret("first canary"));
        poll(one("1", ""));
        secret = Optional.of(new Secret("second canary"));
        poll(one("1", ""));

        assertThat(changes())
                .extracting(ApplicationChange::settings)
                .containsExactly(Set.of(ApplicationChange.Setting.AUTHENTICATION));
        assertThat(events.all()).noneMatch(event -> event.toString().contains("canary"));
    }

    private static Fetched one(String tag, String more) {
        return new Fetched.Document(
                "{\"version\":1,\"applications\":[{\"clientId\":\"shop\",\"webOrigins\":[\"https://shop.example\"]"
                        + more + "}]}",
                Optional.of(tag));
    }

    @Test
    void reports_a_disabled_client_as_removed_and_still_recognises_it() {
        poll(one("1", ",\"authentication\":\"none\""));
        assertThat(departed).isEmpty();

        poll(one("2", ",\"enabled\":false"));

        assertThat(departed).containsExactly(new ClientId("shop"));
        assertThat(shop())
                .isInstanceOfSatisfying(
                        Recognized.class,
                        recognized ->
                                assertThat(recognized.application().enabled()).isFalse());
        assertThat(events.of(DirectoryEvent.Changed.class))
                .containsExactly(new DirectoryEvent.Changed(1), new DirectoryEvent.Changed(0));
    }

    /** There may be sessions from before the facade started. */
    @Test
    void reports_clients_that_were_disabled_before_the_first_poll() {
        poll(one("1", ",\"enabled\":false"));

        assertThat(departed).containsExactly(new ClientId("shop"));
    }

    @Test
    void reports_a_removed_client_once_even_after_keycloak_was_unreachable() {
        poll(listing("1", "shop@https://shop.example", "blog@https://blog.example"));
        clock.advance(KEEP_FOR.plusSeconds(1));
        poll(new Fetched.Failed("away"));
        assertThat(departed).as("Keycloak is away").isEmpty();

        poll(listing("2", "blog@https://blog.example"));
        poll(listing("3", "blog@https://blog.example"));

        assertThat(departed).containsExactly(new ClientId("shop"));
    }

    @Test
    void signs_nobody_out_of_an_application_that_cannot_be_served_for_a_while() {
        poll(one("1", ",\"authentication\":\"none\""));
        poll(one("2", ",\"authentication\":\"tls_client_auth\""));

        assertThat(shop()).isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));
        assertThat(departed).isEmpty();
    }

    @Test
    void reads_the_same_document_again_when_a_secret_has_changed() {
        poll(one("1", ""));
        assertThat(shop()).as("without a secret").isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));

        secret = Optional.of(new Secret("first"));
        poll(one("1", ""));
        assertThat(shopsSecret()).isEqualTo(new Secret("first"));
        poll(new Fetched.Unchanged());
        secret = Optional.of(new Secret("second"));
        poll(new Fetched.Failed("away"));
        poll(one("1", ""));

        assertThat(shopsSecret()).isEqualTo(new Secret("second"));
        assertThat(askedWith)
                .as("and until then, unconditionally")
                .containsExactly(
                        Optional.empty(), Optional.empty(), Optional.of("1"), Optional.empty(), Optional.empty());
    }

    private Secret shopsSecret() {
        Recognized recognized = (Recognized) shop();
        return ((ClientAuthentication.ClientSecret) recognized.application().authentication()).secret();
    }

    @Test
    void names_the_version_that_it_has_and_keeps_it_while_nothing_changes() {
        poll(listing("1", "shop@https://shop.example"));
        poll(new Fetched.Unchanged());
        poll(new Fetched.Unchanged());

        assertThat(askedWith).containsExactly(Optional.empty(), Optional.of("1"), Optional.of("1"));
        assertThat(shop()).isInstanceOf(Recognized.class);
        assertThat(events.all()).containsExactly(new DirectoryEvent.Changed(1));
    }

    @Test
    void keeps_the_last_snapshot_while_the_source_is_unreachable_and_reports_it_once() {
        poll(listing("1", "shop@https://shop.example"));
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMinutes(1));
            poll(new Fetched.Failed("away"));
        }
        assertThat(shop()).isInstanceOf(Recognized.class);
        assertThat(directory.state().failures()).isEqualTo(100);

        poll(new Fetched.Unchanged());
        assertThat(directory.state().failures()).isZero();
        assertThat(events.all())
                .containsExactly(
                        new DirectoryEvent.Changed(1),
                        new DirectoryEvent.Unreachable("away"),
                        new DirectoryEvent.ReachedAgain());
    }

    @Test
    void drops_a_snapshot_that_is_too_old_and_reads_it_again() {
        poll(listing("1", "shop@https://shop.example"));
        clock.advance(KEEP_FOR.plusMillis(1));
        poll(new Fetched.Failed("away"));

        assertThat(shop()).isEqualTo(new Refused(Reason.NOT_READY));
        assertThat(events.all()).contains(new DirectoryEvent.GivenUp());

        poll(listing("1", "shop@https://shop.example"));
        assertThat(askedWith.get(2)).isEmpty();
        assertThat(shop()).isInstanceOf(Recognized.class);
    }

    @Test
    void keeps_the_last_snapshot_when_the_answer_is_no_directory() {
        poll(listing("1", "shop@https://shop.example"));
        poll(new Fetched.Document("<html>maintenance</html>", Optional.of("2")));

        assertThat(shop()).isInstanceOf(Recognized.class);
        assertThat(directory.state().problem()).contains("is no JSON");

        poll(new Fetched.Unchanged());
        assertThat(askedWith.get(2)).hasValue("1");
    }

    @Test
    void refuses_an_origin_that_two_clients_claim_and_reports_it_once() {
        poll(listing("1", "shop@https://shop.example", "rival@https://shop.example"));
        poll(listing("2", "shop@https://shop.example", "rival@https://shop.example"));

        assertThat(shop()).isEqualTo(new Refused(Reason.AMBIGUOUS));
        assertThat(events.of(DirectoryEvent.Contested.class))
                .singleElement()
                .asString()
                .contains("https://shop.example")
                .contains("more than one client");
    }

    @Test
    void the_client_that_had_an_origin_keeps_it_when_another_enters_it() {
        poll(listing("1", "shop@https://shop.example"));
        poll(listing("2", "rival@HTTPS://SHOP.example:443", "shop@https://shop.example"));

        assertThat(holder()).isEqualTo("shop");
    }

    @Test
    void the_first_owner_of_an_origin_is_reported_once() {
        poll(listing("1", "shop@https://shop.example"));
        poll(listing("2", "a-rival@https://shop.example", "shop@https://shop.example"));
        poll(listing("3", "a-rival@https://shop.example", "shop@https://shop.example", "b@https://b.example"));

        assertThat(events.of(DirectoryEvent.Contested.class))
                .singleElement()
                .asString()
                .contains("client shop had https://shop.example first", "refused there: a-rival");
    }

    @Test
    void an_origin_is_kept_while_keycloak_is_away_for_long() {
        poll(listing("1", "shop@https://shop.example"));
        clock.advance(KEEP_FOR.plusSeconds(1));
        poll(new Fetched.Failed("away"));
        poll(listing("2", "a-rival@https://shop.example", "shop@https://shop.example"));

        assertThat(holder()).isEqualTo("shop");
    }

    @Test
    void an_origin_is_kept_while_its_client_cannot_be_served() {
        poll(listing("1", "shop@https://shop.example"));
        poll(entries("2", client("shop", ",\"authentication\":\"tls_client_auth\""), client("rival", PUBLIC)));
        assertThat(shop()).isEqualTo(new Refused(Reason.UNKNOWN_ORIGIN));

        poll(entries("3", client("rival", PUBLIC), client("shop", PUBLIC)));
        assertThat(holder()).isEqualTo("shop");
    }

    /** An administrator who disables a client does not want another client to take its origin. */
    @Test
    void a_disabled_client_keeps_an_origin_from_a_newcomer_until_it_gives_it_up() {
        poll(listing("1", "shop@https://shop.example"));
        poll(entries("2", client("rival", PUBLIC), client("shop", ",\"enabled\":false")));
        assertThat(holder()).isEqualTo("shop");

        poll(entries("3", client("rival", PUBLIC), client("shop", PUBLIC)));
        assertThat(holder()).as("enabled again").isEqualTo("shop");

        poll(listing("4", "rival@https://shop.example", "shop@https://www.shop.example"));
        assertThat(holder()).isEqualTo("rival");

        poll(listing("5", "rival@https://shop.example", "shop@https://shop.example"));
        assertThat(holder()).as("who gave it up is a newcomer").isEqualTo("rival");

        poll(listing("6", "shop@https://shop.example"));
        assertThat(holder()).as("the other is deleted").isEqualTo("shop");
    }

    @Test
    void the_only_enabled_client_at_the_first_poll_gets_the_origin_and_keeps_it() {
        poll(entries("1", client("former", ",\"enabled\":false"), client("shop", PUBLIC)));
        assertThat(holder()).isEqualTo("shop");

        poll(entries("2", client("former", PUBLIC), client("shop", PUBLIC)));
        assertThat(holder()).isEqualTo("shop");

        poll(entries("3", client("former", PUBLIC), client("shop", ",\"enabled\":false")));
        assertThat(holder()).isEqualTo("shop");
    }

    @Test
    void two_clients_at_the_first_poll_block_the_origin_for_a_third_too() {
        poll(listing("1", "shop@https://shop.example", "rival@https://shop.example"));
        poll(listing("2", "shop@https://shop.example", "rival@https://shop.example", "third@https://shop.example"));
        assertThat(shop()).isEqualTo(new Refused(Reason.AMBIGUOUS));

        poll(listing("3", "shop@https://shop.example", "third@https://shop.example"));
        assertThat(holder()).isEqualTo("shop");
    }

    @Test
    void is_emptied_while_no_earlier_application_is_usable() {
        poll(listing("1"));
        assertThat(directory.isEmptied()).as("a new realm").isFalse();
        assertThat(directory.canServe()).isTrue();

        poll(listing("2", "shop@https://shop.example"));
        poll(one("3", ",\"authentication\":\"later\""));
        poll(new Fetched.Unchanged());
        assertThat(directory.isEmptied()).isTrue();
        assertThat(directory.canServe()).isFalse();
        poll(listing("4"));
        assertThat(directory.isEmptied()).isTrue();

        poll(listing("5", "shop@https://shop.example"));
        assertThat(directory.isEmptied()).isFalse();
        assertThat(events.of(DirectoryEvent.Emptied.class)).containsExactly(new DirectoryEvent.Emptied(1));
    }

    @Test
    void is_not_emptied_by_an_administrator_who_disables_the_only_application() {
        poll(listing("1", "shop@https://shop.example"));
        poll(one("2", ",\"enabled\":false"));

        assertThat(directory.isEmptied()).isFalse();
    }

    @Test
    void reports_only_the_first_hundred_findings_and_the_number_of_others() {
        poll(listing(
                "1",
                IntStream.range(0, 250).mapToObj(i -> "odd-" + i + "@nonsense").toArray(String[]::new)));

        assertThat(events.of(DirectoryEvent.Finding.class)).hasSize(100);
        assertThat(events.all()).contains(new DirectoryEvent.MoreFindings(400));
        assertThat(directory.findings()).hasSize(500);
    }

    private static final String PUBLIC = ",\"authentication\":\"none\"";

    private static String client(String clientId, String more) {
        return "{\"clientId\":\"" + clientId + "\",\"webOrigins\":[\"https://shop.example\"]" + more + "}";
    }

    private static Fetched entries(String tag, String... entries) {
        return new Fetched.Document(
                "{\"version\":1,\"applications\":[" + String.join(",", entries) + "]}", Optional.of(tag));
    }

    private String holder() {
        return shop() instanceof Recognized recognized
                ? recognized.application().clientId().value()
                : shop().toString();
    }

    @Test
    void refuses_a_keep_for_that_is_not_positive() {
        assertThatThrownBy(() -> new LiveDirectory(
                        tag -> next, clientId -> Optional.empty(), client -> {}, Duration.ZERO, clock, null))
                .hasMessageContaining("mca.directory.keep-for");
    }
}
