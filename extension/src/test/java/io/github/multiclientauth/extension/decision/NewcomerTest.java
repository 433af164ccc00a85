package io.github.multiclientauth.extension.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewcomerTest {

    private static final Newcomer ASKED = new Newcomer("auth0", "auth0.1", "ada");

    @Test
    void is_the_person_for_whom_the_e_mail_was_sent() {
        assertThat(new Newcomer("auth0", "auth0.1", "ada").isSameAs(ASKED)).isTrue();
    }

    @Test
    void needs_no_id_where_keycloak_does_not_say_it() {
        assertThat(new Newcomer("auth0", null, "ada").isSameAs(ASKED)).isTrue();
        assertThat(ASKED.isSameAs(new Newcomer("auth0", null, "ada"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"google, auth0.1, ada", "auth0, auth0.2, ada", "auth0, auth0.1, mallory", "auth0, auth0.1,"})
    void is_another_person_if_anything_differs(String provider, String id, String username) {
        assertThat(new Newcomer(provider, id, username).isSameAs(ASKED)).isFalse();
    }
}
