package io.github.multiclientauth.testbed.provider.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.internet.Internet;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests ID tokens, and that each wrong one has exactly one error. */
@ExtendWith(Internet.Resolver.class)
class IdTokensTest {

    private Internet internet;
    private Person person;

    @BeforeEach
    void arrive(Internet started) {
        internet = started;
        person = started.newPerson("Jo Doe");
    }

    @ParameterizedTest
    @CsvSource({
        "GOOGLE, https://accounts.google.com, PT1H, true",
        "LINKEDIN, https://www.linkedin.com/oauth, PT1H, false",
        "AUTH0, https://demo-tenant.eu.auth0.com/, PT10H, true"
    })
    void are_valid(At at, String issuer, Duration lifetime, boolean nonce) {
        IdToken token = IdToken.of(tokens(at));
        JsonNode claims = token.claims();

        assertThat(token.token().getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(token.isSignedBy(keys(at))).isTrue();
        assertThat(claims.path("iss").asText()).isEqualTo(issuer);
        assertThat(claims.path("aud").asText()).isEqualTo("the-app");
        assertThat(claims.path("iat").asLong()).isEqualTo(internet.now().getEpochSecond());
        assertThat(claims.path("exp").asLong())
                .isEqualTo(internet.now().plus(lifetime).getEpochSecond());
        assertThat(claims.path("nonce").asText()).isEqualTo(nonce ? "the nonce" : "");
        assertThat(claims.path("name").asText()).isEqualTo("Jo Doe");
        assertThat(claims.path("email").asText()).isEqualTo(person.email());
    }

    @ParameterizedTest
    @CsvSource({"GOOGLE", "LINKEDIN", "AUTH0"})
    void are_issued_only_on_request(At at) {
        JsonNode tokens = new RelyingParty(at, Internet.APP, internet.newVisitor())
                .tokens(person.login(), Map.of("scope", "profile"));

        assertThat(tokens.has("id_token")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GOOGLE, WRONG_ISSUER, iss",
        "GOOGLE, WRONG_AUDIENCE, aud azp",
        "GOOGLE, WRONG_NONCE, nonce",
        "GOOGLE, EXPIRED_ID_TOKEN, iat exp",
        "LINKEDIN, WRONG_ISSUER, iss",
        "LINKEDIN, WRONG_AUDIENCE, aud",
        "LINKEDIN, EXPIRED_ID_TOKEN, iat exp",
        "AUTH0, WRONG_ISSUER, iss",
        "AUTH0, WRONG_AUDIENCE, aud",
        "AUTH0, WRONG_NONCE, nonce",
        "AUTH0, EXPIRED_ID_TOKEN, iat exp"
    })
    void can_have_exactly_one_error(At at, Failure failure, String wrong) {
        JsonNode right = IdToken.of(tokens(at)).claims();
        internet.standIn(at.alias()).ledger().failures().set(person.login(), failure);
        IdToken token = IdToken.of(tokens(at));

        assertThat(token.isSignedBy(keys(at))).isTrue();
        assertThat(token.claims().properties())
                .filteredOn(claim -> !claim.getKey().equals("at_hash"))
                .filteredOn(claim -> !claim.getValue().equals(right.path(claim.getKey())))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(wrong.split(" "));
        if (failure == Failure.EXPIRED_ID_TOKEN) {
            assertThat(token.claims().path("exp").asLong())
                    .isLessThan(internet.now().getEpochSecond());
        }
    }

    @ParameterizedTest
    @CsvSource({"GOOGLE", "LINKEDIN", "AUTH0"})
    void can_be_forged(At at) {
        JsonNode right = IdToken.of(tokens(at)).claims();
        internet.standIn(at.alias()).ledger().failures().set(person.login(), Failure.BADLY_SIGNED_ID_TOKEN);
        IdToken token = IdToken.of(tokens(at));

        assertThat(token.isSignedBy(keys(at)))
                .as("under the name of a key that did not sign")
                .isFalse();
        assertThat(token.claims().path("sub")).isEqualTo(right.path("sub"));
    }

    private JsonNode tokens(At at) {
        return new RelyingParty(at, Internet.APP, internet.newVisitor())
                .tokens(person.login(), Map.of("nonce", "the nonce"));
    }

    private String keys(At at) {
        URI address = URI.create(
                switch (at) {
                    case GOOGLE -> "https://www.googleapis.com/oauth2/v3/certs";
                    case LINKEDIN -> "https://www.linkedin.com/oauth/openid/jwks";
                    case AUTH0 -> "https://demo-tenant.eu.auth0.com/.well-known/jwks.json";
                    case FACEBOOK, GITHUB -> throw new IllegalArgumentException("has none");
                });
        String keys = internet.newVisitor().get(address).body();
        assertThat(keys).as("no private half").doesNotContain("\"d\"");
        return keys;
    }
}
