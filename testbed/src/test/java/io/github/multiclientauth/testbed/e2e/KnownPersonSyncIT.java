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

/** A provider keeps sending an address or user name of a known user that another account has by now. */
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
    void a_user_whose_address_another_account_has_can_sign_in(String provider) throws IOException {
        String id = signsInWith(provider).path("id").asText();
        says(takenAddress());

        JsonNode user = signsInWith(provider);

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("email").asText()).isEqualTo(person.email());
        assertThat(Files.readString(chain.logs().resolve("keycloak.log"))).containsPattern("MCA00133.*" + id);
    }

    /** The provider verifies an address that is not the one the account keeps. */
    @Test
    void a_kept_address_does_not_become_verified_when_the_provider_verifies_another_one() {
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

    /** Keycloak would store this address differently. */
    @Test
    void an_address_that_keycloak_would_change_leaves_the_account_unchanged() {
        String id = signsInWith("auth0").path("id").asText();
        says(person.login() + "-\u212A@example.com");

        JsonNode user = signsInWith("auth0");

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("email").asText()).isEqualTo(person.email());
    }

    @Test
    void an_address_that_no_account_has_is_copied() {
        String id = signsInWith("auth0").path("id").asText();
        says("new-" + person.email());

        JsonNode user = signsInWith("auth0");

        assertThat(user.path("id").asText()).isEqualTo(id);
        assertThat(user.path("email").asText()).isEqualTo("new-" + person.email());
    }

    @Test
    void a_user_whose_user_name_another_account_has_can_sign_in() {
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

    /** Keycloak would store it with ASCII letters, which may be another user's address, and mark it as verified. */
    @Test
    void a_trusted_address_that_keycloak_would_change_is_not_verified() {
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

    /** Sets the address that every provider sends from now on. */
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
