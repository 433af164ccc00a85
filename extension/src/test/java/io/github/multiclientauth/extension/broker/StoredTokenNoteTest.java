package io.github.multiclientauth.extension.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTokenNoteTest {

    private static final String TOKEN = "{\"access_token\":\"a\",\"expires_in\":3599,\"refresh_token\":\"r\"}";

    @Test
    void is_one_more_member_of_the_token_response() {
        String noted = StoredTokenNote.write(TOKEN, "portfolio");

        assertThat(noted)
                .isEqualTo("{\"access_token\":\"a\",\"expires_in\":3599,\"refresh_token\":\"r\","
                        + "\"multi-client-auth.client\":\"portfolio\"}");
        assertThat(StoredTokenNote.read(noted)).isEqualTo("portfolio");
    }

    @Test
    void can_be_replaced_and_taken_out_again() {
        String noted = StoredTokenNote.write(TOKEN, "portfolio");

        assertThat(StoredTokenNote.read(StoredTokenNote.write(noted, "dashboard")))
                .isEqualTo("dashboard");
        assertThat(StoredTokenNote.write(noted, "")).isEqualTo(TOKEN);
    }

    /** In realms without siblings the stored token is Keycloak's own. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"{ \"access_token\" : \"a\" }", "access_token=a&scope=b", "", "{"})
    void leaves_a_token_that_has_none_as_it_is(String token) {
        assertThat(StoredTokenNote.write(token, "")).isEqualTo(token);
        assertThat(StoredTokenNote.read(token)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"access_token=a&scope=multi-client-auth.client", "[\"multi-client-auth.client\"]", "{"})
    void a_token_that_is_no_json_object_gets_no_note(String token) {
        assertThat(StoredTokenNote.write(token, "portfolio")).isEqualTo(token);
        assertThat(StoredTokenNote.read(token)).isEmpty();
    }

    @Test
    void a_client_id_may_contain_anything() {
        String clientId = "https://a.example/\"}\\";

        assertThat(StoredTokenNote.read(StoredTokenNote.write(TOKEN, clientId))).isEqualTo(clientId);
    }
}
