package io.github.multiclientauth.facade.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.event.Actor;
import io.github.multiclientauth.facade.event.ReadOutcome;
import io.github.multiclientauth.facade.event.SessionEvent;
import io.github.multiclientauth.facade.event.SignInEvent;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.event.TokenEvent;
import io.github.multiclientauth.facade.fake.Applications;
import io.github.multiclientauth.facade.fake.Requests;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Operators build alerts on the table of docs/reference/metrics.md. */
class MetricsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|(.*?)\\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Labels whose values come from applications or from HTTP. */
    private static final Set<String> OPEN = Set.of("client", "provider", "method", "uri", "status");

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void has_every_counter_and_timer_with_its_labels_and_outcomes() throws IOException {
        AuthRequest request =
                Requests.get(Applications.PORTFOLIO, "/signin/github").build();
        Actor actor = new Actor("user", "sid", "github", Optional.empty(), Optional.empty());
        Tally tally = new Tally(registry);
        tally.report(new SignInEvent.Started(request));
        tally.report(new SignInEvent.SignedIn(request, actor));
        tally.report(new SessionEvent.Read(request, ReadOutcome.COOKIE));
        tally.report(new SessionEvent.Confirmed(request, "github", ReadOutcome.CONFIRMED));
        tally.report(new TokenEvent.Issued(request, actor));
        tally.report(new SignOutEvent.SignedOut(request, Optional.of(actor), SignOutOutcome.SIGNED_OUT));
        tally.report(new SignOutEvent.EndedByKeycloak(new ClientId("portfolio"), Optional.of("sid"), Optional.empty()));
        new KeycloakTimers(registry);
        new HttpTimers(registry).answered("GET", "/api/auth/session", OptionalInt.of(200), 0);

        assertThat(documented()).containsAllEntriesOf(registered());
    }

    /** The registered labels, and their values if the facade chooses them, by Prometheus' name of the metric. */
    private Map<String, Set<String>> registered() {
        Map<String, Set<String>> names = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().getType() == Meter.Type.GAUGE) {
                // The buckets of a timer, as this registry keeps them.
                continue;
            }
            String suffix = meter.getId().getType() == Meter.Type.COUNTER ? "_total" : "_seconds";
            Set<String> cells =
                    names.computeIfAbsent(meter.getId().getName().replace('.', '_') + suffix, name -> new TreeSet<>());
            for (Tag tag : meter.getId().getTags()) {
                cells.add(tag.getKey());
                if (!OPEN.contains(tag.getKey())) {
                    cells.add(tag.getValue());
                }
            }
        }
        return names;
    }

    private static Map<String, Set<String>> documented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "metrics.md"));
        return ROW.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), MetricsPageTest::inCode, (one, other) -> one, TreeMap::new));
    }

    private static Set<String> inCode(MatchResult row) {
        return CODE.matcher(row.group(2))
                .results()
                .map(code -> code.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
