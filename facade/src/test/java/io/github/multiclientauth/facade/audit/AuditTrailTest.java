package io.github.multiclientauth.facade.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.event.Event;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Browser;
import io.github.multiclientauth.facade.fake.Facade;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.Page.Cause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditTrailTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    /** A new line, forged fields, terminal sequences, text that runs backwards, half a character, and much of it. */
    private static final String HOSTILE =
            "\r\n{\"event\":\"sign_in\"}\",\"forged\":\"\u001b[2J\u202e\u2028\u0000\ud83d" + "\\".repeat(5000);

    private final MovableClock clock = new MovableClock();
    private final List<String> lines = new ArrayList<>();
    private final AuditTrail trail = trail(true, false);
    private final AuditSchema schema = new AuditSchema();

    private AuditTrail trail(boolean address, boolean names) {
        return new AuditTrail(
                new AuditTrail.Options(address, names, "facade-1", "1.2.3"),
                clock,
                () -> Optional.of(TRACE),
                lines::add);
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> written(Event... events) {
        lines.clear();
        Arrays.asList(events).forEach(trail::report);
        return lines.stream().map(AuditTrailTest::parsed).toList();
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isRecord()
                ? Stream.of(type)
                : Arrays.stream(type.getPermittedSubclasses()).flatMap(AuditTrailTest::records);
    }

    @Test
    void every_event_of_the_facade_has_a_sample() {
        Set<Class<?>> sampled = new EventSamples("")
                .all().stream().map(Object::getClass).collect(Collectors.toCollection(HashSet::new));

        assertThat(records(Event.class)).isNotEmpty().allMatch(sampled::contains);
    }

    @Test
    void every_line_is_of_the_schema() {
        trail.started();
        new EventSamples("").all().forEach(trail::report);
        for (int i = 0; i <= LineLimit.MOST; i++) {
            trail.report(new SignOutEvent.LogoutTokenRefused(""));
        }
        trail.stopped();

        assertThat(lines)
                .hasSizeGreaterThan(100)
                .allSatisfy(line -> assertThat(schema.problems(line)).as(line).isEmpty());
    }

    @Test
    void every_event_and_reason_of_the_schema_occurs() {
        trail.started();
        new EventSamples("").all().forEach(trail::report);
        for (int i = 0; i <= LineLimit.MOST; i++) {
            trail.report(new SignOutEvent.LogoutTokenRefused(""));
        }
        trail.stopped();

        Set<String> events = values(AuditField.EVENT);
        assertThat(AuditEvent.values()).extracting(AuditEvent::value).containsExactlyInAnyOrderElementsOf(events);
        assertThat(AuditReason.values())
                .extracting(AuditReason::value)
                .containsExactlyInAnyOrderElementsOf(values(AuditField.REASON));
        Set<String> ends = lines.stream()
                .map(AuditTrailTest::parsed)
                .map(line ->
                        line.path("event").asText() + " " + line.path("outcome").asText())
                .collect(Collectors.toSet());
        assertThat(AuditEvent.values())
                .flatExtracting(event -> event.outcomes().stream()
                        .map(outcome -> event.value() + " " + outcome.value())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(ends);
    }

    private Set<String> values(AuditField field) {
        return lines.stream()
                .map(AuditTrailTest::parsed)
                .map(line -> line.path(field.key()).asText(null))
                .filter(value -> value != null)
                .collect(Collectors.toSet());
    }

    @Test
    void text_of_strangers_breaks_no_line_and_forges_no_field() {
        AuditTrail all = trail(true, true);
        new EventSamples(HOSTILE).all().forEach(all::report);

        assertThat(lines).hasSizeGreaterThan(100).allSatisfy(line -> {
            assertThat(line).matches("[\\x20-\\x7e]+").hasSizeLessThan(10_000);
            assertThat(schema.problems(line)).as(line).isEmpty();
            assertThat(parsed(line).has("forged")).isFalse();
        });
    }

    @Test
    void a_sign_in_says_who_where_and_from_where() {
        JsonNode line = written(signedIn()).get(0);

        assertThat(line.path("schema").asInt()).isEqualTo(1);
        assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(line.path("event").asText()).isEqualTo("sign_in");
        assertThat(line.path("outcome").asText()).isEqualTo("success");
        assertThat(line.path("application").asText()).isEqualTo("portfolio");
        assertThat(line.path("origin").asText()).isEqualTo("http://localhost:3000");
        assertThat(line.path("provider").asText()).isEqualTo("github");
        assertThat(line.path("userId").asText()).isEqualTo(EventSamples.USER);
        assertThat(line.path("instance").asText()).isEqualTo("facade-1");
        assertThat(line.path("traceId").asText()).isEqualTo(TRACE);
        assertThat(line.path("reference").asText()).hasSize(8);
        assertThat(line.path("clientAddress").asText()).isNotEmpty();
    }

    /** {@code printf %s <sid> | sha256sum | cut -c1-32} prints the same. */
    @Test
    void a_session_is_named_by_a_hash_that_any_tool_computes() {
        String line = lines(signedIn()).get(0);

        assertThat(parsed(line).path("session").asText()).isEqualTo("6dfb10c4ce72d3d3a2a4b3fc13074d63");
        assertThat(line).doesNotContain(EventSamples.SID);
    }

    private List<String> lines(Event... events) {
        written(events);
        return lines;
    }

    private static Event signedIn() {
        return new EventSamples("")
                .all().stream()
                        .filter(event -> event instanceof SignInEvent.SignedIn)
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void no_line_has_a_session_id_of_keycloak() {
        new EventSamples("").all().forEach(trail::report);

        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(EventSamples.SID));
    }

    @Test
    void names_and_addresses_are_written_only_if_they_are_switched_on() {
        new EventSamples("").all().forEach(trail::report);
        assertThat(lines).noneMatch(line -> line.contains("ada"));

        trail(true, true).report(signedIn());
        assertThat(lines.get(lines.size() - 1)).contains("\"username\":\"ada\"", "\"email\":\"ada@example.com\"");
    }

    @Test
    void the_clients_address_can_be_switched_off() {
        new EventSamples("").all().forEach(trail::report);
        assertThat(lines).anyMatch(line -> line.contains("clientAddress"));

        lines.clear();
        AuditTrail without = trail(false, false);
        new EventSamples("").all().forEach(without::report);
        assertThat(lines).isNotEmpty().noneMatch(line -> line.contains("clientAddress"));
    }

    @Test
    void a_provider_that_a_stranger_makes_up_is_not_written() {
        assertThat(written(new SignInEvent.UnknownProvider(
                        Requests.get(Applications.PORTFOLIO, "/signin/made-up").build())))
                .singleElement()
                .matches(line -> !line.has("provider"));
    }

    @Test
    void reads_and_tokens_that_are_given_out_again_write_nothing() {
        var request = Requests.get(Applications.PORTFOLIO, "/session").build();
        for (ReadOutcome outcome : ReadOutcome.values()) {
            assertThat(written(
                            new SessionEvent.Read(request, outcome),
                            new SessionEvent.Confirmed(request, "github", outcome),
                            new TokenEvent.Cached(request.application().clientId())))
                    .isEmpty();
        }
    }

    @Test
    void the_end_of_a_session_is_written_once_however_often_its_cookie_comes() {
        Predicate<Event> ended = event -> event instanceof SessionEvent.Ended;
        Event end =
                new EventSamples("").all().stream().filter(ended).findFirst().orElseThrow();

        assertThat(written(end, end, end)).hasSize(1);
    }

    @Test
    void refusals_that_strangers_repeat_are_counted_instead_and_hide_no_others() {
        var callback = Requests.get(Applications.PORTFOLIO, "/callback/github").build();
        for (int i = 0; i < LineLimit.MOST + 50; i++) {
            trail.report(new SignInEvent.CallbackRefused(callback, false, Cause.UNKNOWN_SIGN_IN, "forged"));
        }
        trail.report(new SignInEvent.CallbackRefused(callback, true, Cause.CODE_REFUSED, "genuine"));
        trail.report(signedIn());
        assertThat(lines).hasSize(LineLimit.MOST + 2);

        trail.sweep();
        assertThat(lines).as("before the minute is over").hasSize(LineLimit.MOST + 2);
        clock.advance(Duration.ofMinutes(1));
        trail.sweep();

        JsonNode last = parsed(lines.get(lines.size() - 1));
        assertThat(lines).hasSize(LineLimit.MOST + 3);
        assertThat(last.path("event").asText()).isEqualTo("lines_left_out");
        assertThat(last.path("leftOut").asText()).isEqualTo("sign_in");
        assertThat(last.path("reason").asText()).isEqualTo("begun_elsewhere");
        assertThat(last.path("application").asText()).isEqualTo("portfolio");
        assertThat(last.path("lines").asInt()).isEqualTo(50);
    }

    /** The events come from requests, through the deciding code. */
    @Test
    void a_session_can_be_followed_from_its_begin_to_its_end() {
        Facade facade = new Facade();
        Browser browser = facade.signedIn(Applications.PORTFOLIO, "the-sid");
        facade.session(browser, Applications.PORTFOLIO);
        facade.answer(
                browser,
                Requests.post(Applications.PORTFOLIO, "/signout")
                        .form("csrfToken=" + facade.csrfToken(browser, Applications.PORTFOLIO)));

        List<JsonNode> all = written(facade.events().all().toArray(Event[]::new));
        assertThat(all).extracting(line -> line.path("event").asText()).containsExactly("sign_in", "sign_out");
        assertThat(all).extracting(line -> line.path("session").asText()).containsOnly(AuditLine.hash("the-sid"));
    }

    /** The browser signs in again in between, perhaps at another facade. */
    @Test
    void the_second_end_of_an_id_that_keycloak_gave_again_is_written() {
        Facade facade = new Facade();
        facade.poll();
        facade.events().clear();
        for (int i = 0; i < 2; i++) {
            facade.clock().advance(Duration.ofMinutes(10));
            facade.changes()
                    .add(new io.github.multiclientauth.facade.oidc.ChangesSource.Change.SessionEnded(
                            facade.clock().instant(), "the-sid"));
            facade.poll();
        }

        assertThat(written(facade.events().all().toArray(Event[]::new)))
                .extracting(line -> line.path("event").asText())
                .containsExactly("session_end", "session_end");
    }

    @Test
    void a_session_that_keycloak_has_ended_is_written_once_and_not_after_a_sign_out_here() {
        Facade facade = new Facade();
        facade.poll();
        facade.events().clear();
        facade.changes()
                .add(new io.github.multiclientauth.facade.oidc.ChangesSource.Change.SessionEnded(
                        facade.clock().instant(), "the-sid"));
        facade.poll();
        facade.poll();

        assertThat(written(facade.events().all().toArray(Event[]::new)))
                .extracting(
                        line -> line.path("event").asText(),
                        line -> line.path("session").asText())
                .containsExactly(org.assertj.core.api.Assertions.tuple("session_end", AuditLine.hash("the-sid")));
    }
}
