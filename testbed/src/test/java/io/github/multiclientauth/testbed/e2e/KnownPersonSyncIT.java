package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider goes on saying what it says of somebody whom the realm knows, and another account has that by now. */
@EndToEnd
class KnownPersonSyncIT {

    private final Chain chain;
    private final Person person;

    KnownPersonSyncIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "google", "facebook", "linkedin", "auth0"})
    void an_address_of_another_account_locks_nobody_out(String provider) throws IOException {
        String id = signsInWith(provider).path("id").asText();
        says(takenAddress());

        JsonNode user = signsInWith(provider);

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(Files.readString(chain.logs().resolve("keycloak.log"))).containsPattern("MCA00133.*" + id);
    }

    /** The provider's word is about another address than the one that stays. */
    @Test
    void an_address_that_stays_is_not_verified_by_the_providers_word_of_another() {
        trustEmail(true);
        try {
            String id = signsInWith("google").path("id").asText();
            chain.administrator().setEmailVerified(id, false);
            says(takenAddress());

            signsInWith("google");

            JsonNode account = chain.administrator().userById(id);
            assertThat(account.path("email").asText()).isEqualTo(person.email());
            assertThat(account.path("emailVerified").asBoolean()).isFalse();
        } finally {
            trustEmail(false);
        }
    }

    /** So does one that Keycloak would store as another one. */
    @Test
    void an_address_that_keycloak_changes_leaves_the_account_as_it_is() {
        String id = signsInWith("auth0").path("id").asText();
        says(person.login() + "-\u212A@example.com");

        JsonNode user = signsInWith("auth0");

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("email").asText()).isEqualTo(person.email());
    }

    @Test
    void an_address_that_nobody_has_is_taken_over_as_ever() {
        String id = signsInWith("auth0").path("id").asText();
        says("new-" + person.email());

        JsonNode user = signsInWith("auth0");

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("email").asText()).isEqualTo("new-" + person.email());
    }

    @Test
    void a_user_name_of_another_account_locks_nobody_out() {
        String id = signsInWith("auth0").path("id").asText();
        String name = chain.administrator().userById(id).path("username").asText();
        String taken = person.login() + "-taken";
        chain.administrator().createUser(taken, "a-password-of-a-test");
        chain.administrator().addProviderMapper("auth0", userName(taken));
        try {
            assertThat(signsInWith("auth0").path("id").asText()).isEqualTo(id);
            assertThat(chain.administrator().userById(id).path("username").asText())
                    .isEqualTo(name);
        } finally {
            chain.administrator().removeProviderMapper("auth0", "user name");
        }
    }

    /** Keycloak would store it as an address of ASCII letters, which may be somebody else's, and call it verified. */
    @Test
    void a_trusted_address_that_keycloak_changes_is_not_verified() {
        trustEmail(true);
        try {
            String login = person.login() + "-k";
            chain.people().join(login, Optional.of("Kelvin Sign"), person.login() + "-\u212A@example.com", true);

            chain.atPortfolio(chain.visitor()).with("google").as(login);

            assertThat(chain.administrator().users(login + "@example.com"))
                    .allSatisfy(user ->
                            assertThat(user.path("emailVerified").asBoolean()).isFalse());
        } finally {
            trustEmail(false);
        }
    }

    private JsonNode signsInWith(String provider) {
        return chain.atPortfolio(chain.visitor())
                .with(provider)
                .as(person.login())
                .path("user");
    }

    /** From now on, at every provider. */
    private void says(String email) {
        chain.people().update(new Person(person.id(), person.login(), person.name(), email, true));
    }

    private String takenAddress() {
        String other = person.login() + "-taken";
        chain.administrator().createUser(other, "a-password-of-a-test");
        return other + "@example.com";
    }

    private void trustEmail(boolean trusted) {
        chain.administrator()
                .updateProvider("google", JsonNodeFactory.instance.objectNode().put("trustEmail", trusted));
    }

    private static ObjectNode userName(String template) {
        ObjectNode mapper = JsonNodeFactory.instance
                .objectNode()
                .put("name", "user name")
                .put("identityProviderAlias", "auth0")
                .put("identityProviderMapper", "oidc-username-idp-mapper");
        mapper.putObject("config")
                .put("syncMode", "FORCE")
                .put("template", template)
                .put("target", "LOCAL");
        return mapper;
    }
}
