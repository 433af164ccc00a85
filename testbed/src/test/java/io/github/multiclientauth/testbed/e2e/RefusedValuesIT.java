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
