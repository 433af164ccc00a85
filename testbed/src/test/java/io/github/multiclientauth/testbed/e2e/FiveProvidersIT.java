package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.launch.Testbed;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Sighting;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sign-ins with each provider at each application, without and with an earlier session. */
@EndToEnd
@OnKeycloaksImage
class FiveProvidersIT {

    private final Chain chain;

    FiveProvidersIT(Chain chain) {
        this.chain = chain;
    }

    static Stream<Arguments> everywhere() {
        return Testbed.PROVIDERS.stream()
                .flatMap(provider -> Stream.of(Testbed.PORTFOLIO, Testbed.DASHBOARD)
                        .map(application -> Arguments.of(provider, application)));
    }

    static Stream<String> providers() {
        return Testbed.PROVIDERS.stream();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void a_user_without_a_session_signs_in(String provider, String application) {
        Person person = chain.somebody();

        JsonNode user = at(chain.visitor(), application)
                .with(provider)
                .as(person.login())
                .path("user");

        assertThat(user.path("id").asText())
                .isEqualTo(chain.administrator().user(person.email()).path("id").asText());
        assertThat(user.path("name").asText()).isEqualTo(person.displayName());
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(URI.create(user.path("image").asText()).isAbsolute()).isTrue();
        assertThat(user.path("provider").asText()).isEqualTo(provider);
        assertThat(user.path("clientId").asText()).isEqualTo(application);
        assertThat(user.path("clientOrigin").asText())
                .isEqualTo((application.equals(Testbed.PORTFOLIO) ? chain.portfolio() : chain.dashboard()).toString());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void the_same_provider_again_is_single_sign_on(String provider, String application) {
        Person person = chain.somebody();
        Visitor visitor = chain.visitor();
        String other = application.equals(Testbed.PORTFOLIO) ? Testbed.DASHBOARD : Testbed.PORTFOLIO;
        JsonNode first = at(visitor, other).with(provider).as(person.login());

        Answer end = at(visitor, application).with(provider).start();

        assertThat(end.status()).isEqualTo(200);
        JsonNode second = at(visitor, application).session();
        assertThat(second.path("user").path("id")).isEqualTo(first.path("user").path("id"));
        assertThat(second.path("user").path("provider").asText()).isEqualTo(provider);
        assertThat(sightings(provider, person, Sighting.Kind.AGREE)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void the_requested_provider_wins_over_a_session_of_another_user(String provider, String application) {
        Visitor visitor = chain.visitor();
        Person before = chain.somebody();
        Person after = chain.somebody();
        String otherProvider = other(provider);
        at(visitor, application).with(otherProvider).as(before.login());
        String idBefore = chain.administrator().user(before.email()).path("id").asText();

        JsonNode user =
                at(visitor, application).with(provider).as(after.login()).path("user");

        assertThat(user.path("email").asText()).isEqualTo(after.email());
        assertThat(user.path("provider").asText()).isEqualTo(provider);
        assertThat(chain.administrator().sessions(idBefore)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void cancelling_at_another_provider_keeps_the_session(String provider, String application) {
        Visitor visitor = chain.visitor();
        Person person = chain.somebody();
        at(visitor, application).with(other(provider)).as(person.login());

        Answer page = at(visitor, application).with(provider).start();
        Answer end = visitor.follow(visitor.press(page, "button[name=cancel]"));

        assertThat(ErrorAddress.plain(end.address()))
                .hasPath("/api/auth/signin")
                .hasQuery("error=OAuthCallbackError");
        JsonNode session = at(visitor, application).session();
        assertThat(session.path("user").path("email").asText()).isEqualTo(person.email());
        assertThat(session.path("user").path("provider").asText()).isEqualTo(other(provider));
        String id = chain.administrator().user(person.email()).path("id").asText();
        assertThat(chain.administrator().sessions(id)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void cancelling_the_first_sign_in_returns_to_the_application(String provider) {
        Visitor visitor = chain.visitor();

        Answer page = at(visitor, Testbed.PORTFOLIO).with(provider).start();
        Answer end = visitor.follow(visitor.press(page, "button[name=cancel]"));

        assertThat(ErrorAddress.plain(end.address()))
                .hasPath("/api/auth/signin")
                .hasQuery("error=OAuthCallbackError");
        assertThat(at(visitor, Testbed.PORTFOLIO).session().isNull()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void each_provider_sees_the_credentials_of_the_application(String provider, String application) {
        Person person = chain.somebody();

        at(chain.visitor(), application).with(provider).as(person.login());

        String clientId = chain.apps().of(provider, application).clientId();
        List<Sighting> redeemed = sightings(provider, person, Sighting.Kind.REDEEM);
        assertThat(redeemed).hasSize(1);
        assertThat(redeemed.get(0).clientId()).isEqualTo(clientId);
        assertThat(redeemed.get(0).credentials()).isEqualTo(Sighting.Credentials.RIGHT);
        assertThat(sightings(provider, person, Sighting.Kind.AGREE))
                .allMatch(sighting -> sighting.clientId().equals(clientId));
    }

    @ParameterizedTest
    @MethodSource("providers")
    void two_sign_ins_at_the_same_time_do_not_mix_credentials(String provider) throws Exception {
        Person one = chain.somebody();
        Person two = chain.somebody();
        Callable<JsonNode> portfolio =
                () -> at(chain.visitor(), Testbed.PORTFOLIO).with(provider).as(one.login());
        Callable<JsonNode> dashboard =
                () -> at(chain.visitor(), Testbed.DASHBOARD).with(provider).as(two.login());
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<JsonNode> session : threads.invokeAll(List.of(portfolio, dashboard))) {
                assertThat(session.get().path("user").path("provider").asText()).isEqualTo(provider);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(sightings(provider, one, Sighting.Kind.REDEEM))
                .extracting(Sighting::clientId)
                .containsExactly(chain.apps().of(provider, Testbed.PORTFOLIO).clientId());
        assertThat(sightings(provider, two, Sighting.Kind.REDEEM))
                .extracting(Sighting::clientId)
                .containsExactly(chain.apps().of(provider, Testbed.DASHBOARD).clientId());
    }

    private SignIn at(Visitor visitor, String application) {
        return application.equals(Testbed.PORTFOLIO) ? chain.atPortfolio(visitor) : chain.atDashboard(visitor);
    }

    private static String other(String provider) {
        return provider.equals("github") ? "google" : "github";
    }

    private List<Sighting> sightings(String provider, Person person, Sighting.Kind kind) {
        StandIn standIn = chain.providers().all().stream()
                .filter(each -> each.alias().equals(provider))
                .findFirst()
                .orElseThrow();
        return standIn.ledger()
                .sightings()
                .of(person.login())
                .filter(sighting -> sighting.kind() == kind)
                .toList();
    }
}
