package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.Failure;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import io.github.multiclientauth.testbed.web.Parameters;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After any failure at a provider no user is signed in, no incomplete account remains, and the user sees a page. */
@EndToEnd
class ProviderFailureIT {

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
    void no_user_is_signed_in(String provider, Failure failure) {
        Person person = chain.somebody();
        StandIn standIn = standIn(provider);
        standIn.ledger().failures().set(person.login(), failure);
        Visitor visitor = chain.visitor();

        Answer page = chain.atPortfolio(visitor).with(provider).start();
        Answer end = visitor.follow(visitor.press(page, "button[name=login][value=" + person.login() + "]"));

        assertThat(ErrorAddress.plain(end.address()))
                .hasPath("/api/auth/signin")
                .hasQuery("error=OAuthCallbackError");
        assertThat(visitor.history())
                .extracting(seen -> seen.location().map(URI::getQuery).orElse(""))
                .filteredOn(query -> query.contains("error=access_denied") && query.contains("iss="))
                .hasSize(1);
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

    @Test
    void a_session_of_another_provider_survives() {
        Person person = chain.somebody();
        Visitor visitor = chain.visitor();
        chain.atPortfolio(visitor).with("github").as(person.login());
        standIn("google").ledger().failures().set(person.login(), Failure.TOKEN_UNAVAILABLE);

        Answer page = chain.atPortfolio(visitor).with("google").start();
        Answer end = visitor.follow(visitor.press(page, "button[name=login][value=" + person.login() + "]"));

        assertThat(ErrorAddress.plain(end.address()))
                .hasPath("/api/auth/signin")
                .hasQuery("error=OAuthCallbackError");
        JsonNode user = chain.atPortfolio(visitor).session().path("user");
        assertThat(user.path("provider").asText()).isEqualTo("github");
        String id = user.path("id").asText();
        assertThat(chain.administrator().sessions(id)).hasSize(1);
        assertThat(chain.administrator().links(id)).containsExactly("github");
    }

    @Test
    void an_unreachable_token_endpoint_is_a_failure_like_any_other() {
        try (OwnProviders own = new OwnProviders(chain)) {
            String alias = own.name("unreachable");
            OidcClient client = own.client(own.name("unreachable-shop"), alias);
            // Port 1 is reserved (tcpmux), and nothing listens there.
            own.provider(alias, "oidc", standIn("auth0"), true, alias, Map.of("tokenUrl", "http://127.0.0.1:1/token"));
            Person person = chain.somebody();
            Visitor visitor = chain.visitor();

            assertThat(client.comesBack(visitor, client.agree(visitor, person)))
                    .satisfies(Refusal.described("provider_error"));
            assertThat(chain.administrator().users(person.email())).isEmpty();
        }
    }

    @Test
    void a_callback_without_a_code_is_a_failure() {
        Visitor visitor = chain.visitor();
        Answer page = chain.atPortfolio(visitor).with("github").start();
        String state = Parameters.ofQuery(page.address()).get("state");

        Answer end = visitor.browse(
                URI.create(Parameters.append(chain.issuer() + "/broker/github/endpoint", Map.of("state", state))));

        assertThat(ErrorAddress.plain(end.address()))
                .hasPath("/api/auth/signin")
                .hasQuery("error=OAuthCallbackError");
        assertThat(chain.atPortfolio(visitor).session().isNull()).isTrue();
    }

    /** An attacker sends a browser there, with the state of the attacker's sign-in or an invented one. There is no redirect. */
    @Test
    void a_callback_for_no_sign_in_of_this_browser_gets_keycloaks_own_page() {
        Answer page = chain.atPortfolio(chain.visitor()).with("github").start();
        String anothers = Parameters.ofQuery(page.address()).get("state");

        for (Map<String, String> query : List.of(
                Map.of("state", anothers), Map.of("state", anothers, "code", "made-up"), Map.of("state", "made-up"))) {
            Answer end = chain.visitor()
                    .get(URI.create(Parameters.append(chain.issuer() + "/broker/github/endpoint", query)));

            assertThat(end.location()).isEmpty();
            assertThat(end.status()).isEqualTo(400);
        }
    }

    /** The provider's own authorization URL is used, so the browser has to reach the real host names. */
    @Test
    void without_the_client_scope_keycloaks_own_page_is_shown() {
        String clientId = "not-opted-in";
        OidcClient client = new OidcClient(chain, clientId, "", chain.portfolio());
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.put("publicClient", true).putArray("redirectUris").add(client.redirectUri());
        chain.administrator().createPlainClient(clientId, settings);
        Person person = chain.somebody();
        standIn("github").ledger().failures().set(person.login(), Failure.TOKEN_UNAVAILABLE);
        Visitor visitor = new Visitor(chain.providers().httpClient());
        try {
            Answer end = visitor.follow(client.agree(visitor, person));

            assertThat(end.status()).isEqualTo(502);
            assertThat(end.address().getPath()).endsWith("/broker/github/endpoint");
        } finally {
            chain.administrator().deleteClient(clientId);
        }
    }

    private StandIn standIn(String provider) {
        return chain.providers().all().stream()
                .filter(each -> each.alias().equals(provider))
                .findFirst()
                .orElseThrow();
    }
}
