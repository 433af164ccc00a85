package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Endpoint;
import io.github.multiclientauth.testbed.provider.oauth.Hold;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A provider that accepts requests and does not answer. The test releases the answers only after all sign-ins have ended. A
 * sign-in that waits for the provider would never end.
 */
@EndToEnd
class SlowProviderIT {

    /** Longer than the time-out of a {@link Visitor}. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Chain chain;

    SlowProviderIT(Chain chain) {
        this.chain = chain;
    }

    /** A user whose provider does not answer at {@code endpoint}. */
    private record Waiting(String provider, Endpoint endpoint, Person person, Visitor visitor, Hold hold) {

        @Override
        public String toString() {
            return endpoint + " of " + provider;
        }
    }

    private record Ended(Waiting waiting, Answer answer) {}

    /** All at the same time, because each takes as long as Keycloak's time-out. */
    // Slow: Keycloak waits for a provider until its own time limit.
    @Test
    void ends_every_sign_in_with_an_error_in_time() throws Exception {
        List<Waiting> all = Testbed.PROVIDERS.stream()
                .flatMap(provider -> Stream.of(Endpoint.values()).map(endpoint -> waiting(provider, endpoint)))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            List<Callable<Ended>> signIns = all.stream()
                    .<Callable<Ended>>map(waiting -> () -> new Ended(waiting, signIn(waiting)))
                    .toList();
            for (Future<Ended> future : threads.invokeAll(signIns)) {
                Ended ended = future.get();
                assertThat(ended.waiting().hold().reached())
                        .as("%s was asked", ended.waiting())
                        .isDone();
                says_what_to_do(ended);
                assertThat(chain.atPortfolio(ended.waiting().visitor())
                                .session()
                                .isNull())
                        .as("%s: nobody is signed in", ended.waiting())
                        .isTrue();
            }
        } finally {
            threads.shutdownNow();
            all.forEach(waiting -> waiting.hold().release());
        }
        for (Waiting waiting : all) {
            assertThat(chain.administrator().users(waiting.person().email()))
                    .as("%s: nobody is left behind, also after the answer has come too late", waiting)
                    .isEmpty();
            assertThat(chain.atPortfolio(chain.visitor())
                            .with(waiting.provider())
                            .as(waiting.person().login())
                            .path("user")
                            .path("email")
                            .asText())
                    .as("%s: the next sign-in works", waiting)
                    .isEqualTo(waiting.person().email());
        }
    }

    private Waiting waiting(String provider, Endpoint endpoint) {
        Person person = chain.somebody();
        StandIn standIn = chain.providers().all().stream()
                .filter(each -> each.alias().equals(provider))
                .findFirst()
                .orElseThrow();
        Hold hold = standIn.ledger().holds().slow(person.login(), endpoint, LONG);
        return new Waiting(provider, endpoint, person, chain.visitor(), hold);
    }

    private Answer signIn(Waiting waiting) {
        Visitor visitor = waiting.visitor();
        Answer page = chain.atPortfolio(visitor).with(waiting.provider()).start();
        return visitor.follow(visitor.press(
                page, "button[name=login][value=" + waiting.person().login() + "]"));
    }

    /** Checks that the user is back at the application, with an error of Auth.js. */
    private void says_what_to_do(Ended ended) {
        Answer answer = ended.answer();
        assertThat(answer.body()).as("%s", ended.waiting()).doesNotContain("\tat ", "Exception");
        assertThat(isAt(chain.portfolio(), answer.address().toString()))
                .as("%s", answer.address())
                .isTrue();
        assertThat(ErrorAddress.plain(answer.address()))
                .hasPath("/api/auth/signin")
                .hasQuery("error=OAuthCallbackError");
        assertThat(answer.document().select("main").text())
                .contains("The provider reported a problem, or could not be reached");
    }

    private static boolean isAt(Origin origin, String address) {
        return Origin.ofUrl(address).equals(Optional.of(origin));
    }
}
