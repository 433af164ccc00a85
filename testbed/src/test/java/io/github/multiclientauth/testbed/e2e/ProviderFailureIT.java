package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Failure;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong at a provider: nobody is signed in, nothing half-made stays behind, and a person reads a page. */
@EndToEnd
class ProviderFailureIT {

    /** Keycloak shows a page of its own when the token endpoint answers with an error; the application is not told. */
    private static final Set<Failure> ON_KEYCLOAKS_PAGE =
            Set.of(Failure.TOKEN_UNAVAILABLE, Failure.TOKEN_MALFORMED, Failure.TOKEN_REFUSED, Failure.SECRET_REFUSED);

    private final Chain chain;

    ProviderFailureIT(Chain chain) {
        this.chain = chain;
    }

    static Stream<Arguments> failures() {
        return Stream.of("github", "google", "facebook", "linkedin", "auth0")
                .flatMap(provider -> possible(provider).map(failure -> Arguments.of(provider, failure)));
    }

    private static Stream<Failure> possible(String provider) {
        return switch (provider) {
            case "github", "facebook" -> Failure.WITHOUT_ID_TOKENS.stream();
            case "linkedin" -> Failure.WITHOUT_NONCE.stream();
            default -> Failure.WITH_ID_TOKENS.stream();
        };
    }

    @ParameterizedTest
    @MethodSource("failures")
    void nobody_is_signed_in(String provider, Failure failure) {
        Person person = chain.somebody();
        StandIn standIn = chain.providers().all().stream()
                .filter(each -> each.alias().equals(provider))
                .findFirst()
                .orElseThrow();
        standIn.ledger().failures().set(person.login(), failure);
        Visitor visitor = chain.visitor();

        Answer page = chain.atPortfolio(visitor).with(provider).start();
        Answer end = visitor.follow(visitor.press(page, "button[name=login][value=" + person.login() + "]"));

        if (end.address().getPath().startsWith("/api/auth/")) {
            assertThat(end.address()).hasPath("/api/auth/signin").hasQuery("error=OAuthCallbackError");
        } else {
            assertThat(ON_KEYCLOAKS_PAGE)
                    .as("where Keycloak's own page is shown: %s", end)
                    .contains(failure);
            assertThat(end.document().title()).isNotBlank();
        }
        assertThat(end.body()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(chain.atPortfolio(visitor).session().isNull()).isTrue();
        assertThat(chain.administrator().users(person.email())).isEmpty();

        standIn.ledger().failures().clear(person.login());
        assertThat(chain.atPortfolio(chain.visitor())
                        .with(provider)
                        .as(person.login())
                        .path("user")
                        .path("email")
                        .asText())
                .isEqualTo(person.email());
    }
}
