package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider sends values that the user profile or the database refuses, for fields that nobody can correct. */
@EndToEnd
class RefusedValuesIT {

    private static final String LONG = "https://pictures.example.com/" + "p".repeat(3_000);
    private static final String DATA = "data:image/png;base64,iVBORw0KGgo=";

    private final Chain chain;
    private final OidcClient client;
    private final Person person;

    RefusedValuesIT(Chain chain) {
        this.chain = chain;
        this.client = new OidcClient(chain, MadeClient.id(), "", MadeClient.ORIGIN);
        this.person = chain.somebody();
    }

    @BeforeEach
    void create_the_client() {
        chain.administrator().createClient(client.clientId(), null, MadeClient.settings(client));
    }

    @AfterEach
    void delete_the_client() {
        chain.administrator().deleteClient(client.clientId());
    }

    /** The extension has no class of its own for {@code oauth2}. */
    @ParameterizedTest
    @ValueSource(strings = {"oidc", "oauth2"})
    @FromKeycloak(value = "26.3", does = "has the type oauth2")
    void a_new_user_with_a_long_picture_and_name_is_signed_in_without_them(String type) throws IOException {
        try (MadeProvider provider = MadeProvider.of(chain, type)) {
            copyNameToPicture(provider);
            says(LONG, person.email());

            assertThat(signsIn(provider)).containsKey("code");

            JsonNode account = chain.administrator().user(person.email());
            assertThat(account.path("attributes").has("picture")).isFalse();
            assertThat(account.path("firstName").asText()).hasSizeLessThan(256);
            assertThat(Files.readString(chain.logs().resolve("keycloak.log")))
                    .containsPattern("MCA00136.*picture.*" + provider.alias());
        }
    }

    @Test
    void a_new_user_with_a_picture_in_a_data_url_is_signed_in_without_it() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            copyNameToPicture(provider);
            says(DATA, person.email());

            assertThat(signsIn(provider)).containsKey("code");

            assertThat(chain.administrator()
                            .user(person.email())
                            .path("attributes")
                            .has("picture"))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_known_user_keeps_picture_and_name(String refused) {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            copyNameToPicture(provider);
            says("https://pictures.example.com/1", person.email());
            assertThat(signsIn(provider)).containsKey("code");
            says(refused, person.email());

            assertThat(signsIn(provider)).containsKey("code");

            JsonNode account = chain.administrator().user(person.email());
            assertThat(account.path("attributes").path("picture").path(0).asText())
                    .isEqualTo("https://pictures.example.com/1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no address", "a@b@example.com"})
    void a_known_user_keeps_the_address_when_the_provider_sends_none_that_is_valid(String refused) {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(provider)).containsKey("code");
            String id = chain.administrator().user(person.email()).path("id").asText();
            says("Test Person", refused);

            assertThat(signsIn(provider)).containsKey("code");

            assertThat(chain.administrator().userById(id).path("email").asText())
                    .isEqualTo(person.email());
        }
    }

    /** A mapper writes into fields of the account, whatever their names. */
    @ParameterizedTest
    @CsvSource({
        "oidc-user-attribute-idp-mapper, firstName",
        "oidc-user-attribute-idp-mapper, lastName",
        "oidc-user-attribute-idp-mapper, email",
        "oidc-user-attribute-idp-mapper, username",
        "hardcoded-attribute-idp-mapper, firstName",
        "hardcoded-attribute-idp-mapper, lastName",
        "hardcoded-attribute-idp-mapper, email",
        "hardcoded-attribute-idp-mapper, username",
        "hardcoded-attribute-idp-mapper, picture",
        "oidc-username-idp-mapper, LOCAL",
    })
    void a_known_user_keeps_what_a_mapper_would_replace_by_a_value_that_is_too_long(String type, String field) {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(provider)).containsKey("code");
            JsonNode before = chain.administrator().user(person.email());
            chain.administrator().addProviderMapper(provider.alias(), mapper(provider, type, field, LONG));
            says(LONG, person.email());

            assertThat(signsIn(provider)).containsKey("code");

            JsonNode account = chain.administrator().user(person.email());
            assertThat(account.path("id")).isEqualTo(before.path("id"));
            for (String name : List.of("username", "email", "firstName", "lastName")) {
                assertThat(account.path(name)).as(name).isEqualTo(before.path(name));
            }
            assertThat(account.path("attributes").path("picture"))
                    .isEqualTo(before.path("attributes").path("picture"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc-user-attribute-idp-mapper", "hardcoded-attribute-idp-mapper"})
    void a_known_user_keeps_the_address_when_a_mapper_writes_that_of_another_user(String type) {
        String other = person.login() + "-other";
        chain.administrator().createUser(other, "a-password-of-a-test");
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(provider)).containsKey("code");
            String taken = other + "@example.com";
            chain.administrator().addProviderMapper(provider.alias(), mapper(provider, type, "email", taken));
            says(taken, person.email());

            assertThat(signsIn(provider)).containsKey("code");

            assertThat(chain.administrator().users(person.email())).hasSize(1);
            assertThat(chain.administrator().users(taken)).hasSize(1);
        }
    }

    @Test
    void a_mapper_may_write_values_that_fit() {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(provider)).containsKey("code");
            String id = chain.administrator().user(person.email()).path("id").asText();
            for (String field : List.of("firstName", "lastName", "email", "username")) {
                String value = field.endsWith("Name") ? "New " + field : "new-" + field + "-" + person.email();
                chain.administrator()
                        .addProviderMapper(
                                provider.alias(), mapper(provider, "hardcoded-attribute-idp-mapper", field, value));
            }

            assertThat(signsIn(provider)).containsKey("code");

            JsonNode account = chain.administrator().userById(id);
            assertThat(account.path("firstName").asText()).isEqualTo("New firstName");
            assertThat(account.path("lastName").asText()).isEqualTo("New lastName");
            assertThat(account.path("email").asText()).isEqualTo("new-email-" + person.email());
            assertThat(account.path("username").asText()).isEqualTo("new-username-" + person.email());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "oidc-user-attribute-idp-mapper, firstName",
        "hardcoded-attribute-idp-mapper, lastName",
        "hardcoded-attribute-idp-mapper, picture",
        "oidc-username-idp-mapper, LOCAL",
    })
    void a_new_user_does_without_what_a_mapper_would_write(String type, String field) {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            chain.administrator().addProviderMapper(provider.alias(), mapper(provider, type, field, LONG));
            says(LONG, person.email());

            assertThat(signsIn(provider)).containsKey("code");

            assertThat(chain.administrator()
                            .user(person.email())
                            .path("username")
                            .asText())
                    .hasSizeLessThan(256);
        }
    }

    /** An earlier version of the extension, or of the user profile, has let it in. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_refused_value_that_is_stored_already_stops_nobody(boolean sentAgain) {
        try (MadeProvider provider = MadeProvider.of(chain, "oidc")) {
            assertThat(signsIn(provider)).containsKey("code");
            String id = chain.administrator().user(person.email()).path("id").asText();
            store(id, LONG);
            if (sentAgain) {
                copyNameToPicture(provider);
                says(LONG, person.email());
            }

            assertThat(signsIn(provider)).containsKey("code");

            says("https://pictures.example.com/1", person.email());
            if (!sentAgain) {
                copyNameToPicture(provider);
            }
            assertThat(signsIn(provider)).containsKey("code");
            assertThat(chain.administrator()
                            .userById(id)
                            .path("attributes")
                            .path("picture")
                            .path(0)
                            .asText())
                    .isEqualTo("https://pictures.example.com/1");
        }
    }

    /** Stores a picture while the user profile allows any. */
    private void store(String userId, String picture) {
        JsonNode profile = chain.administrator().get("/users/profile");
        JsonNode lax = profile.deepCopy();
        lax.path("attributes").forEach(attribute -> {
            if (attribute.path("name").asText().equals("picture")) {
                ((ObjectNode) attribute)
                        .putObject("validations")
                        .putObject("length")
                        .put("max", "10000");
            }
        });
        chain.administrator().put("/users/profile", lax);
        try {
            chain.administrator()
                    .updateUser(
                            userId,
                            user -> user.withObject("/attributes")
                                    .putArray("picture")
                                    .add(picture));
        } finally {
            chain.administrator().put("/users/profile", profile);
        }
    }

    /** A mapper that copies the name, or writes the value. */
    private static ObjectNode mapper(MadeProvider provider, String type, String field, String value) {
        ObjectNode mapper = JsonNodeFactory.instance
                .objectNode()
                .put("name", type + " " + field)
                .put("identityProviderAlias", provider.alias())
                .put("identityProviderMapper", type);
        ObjectNode config = mapper.putObject("config").put("syncMode", "INHERIT");
        switch (type) {
            case "hardcoded-attribute-idp-mapper" ->
                config.put("attribute", field).put("attribute.value", value);
            case "oidc-username-idp-mapper" ->
                config.put("template", "${CLAIM.name}").put("target", field);
            default -> config.put("claim", "name").put("user.attribute", field);
        }
        return mapper;
    }

    private static List<String> refused() {
        return List.of(LONG, DATA);
    }

    private Map<String, String> signsIn(MadeProvider provider) {
        Visitor visitor = chain.visitor();
        Answer consent = visitor.browse(client.request("kc_idp_hint", provider.alias()));
        return client.comesBack(visitor, visitor.press(consent, "button[name=login][value=" + person.login() + "]"));
    }

    private void says(String name, String email) {
        chain.people().update(new Person(person.id(), person.login(), Optional.of(name), email, true));
    }

    private void copyNameToPicture(MadeProvider provider) {
        ObjectNode mapper = JsonNodeFactory.instance
                .objectNode()
                .put("name", "picture")
                .put("identityProviderAlias", provider.alias())
                .put("identityProviderMapper", "oidc-user-attribute-idp-mapper");
        mapper.putObject("config")
                .put("syncMode", "INHERIT")
                .put("claim", "name")
                .put("user.attribute", "picture");
        chain.administrator().addProviderMapper(provider.alias(), mapper);
    }
}
