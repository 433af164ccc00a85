package io.github.multiclientauth.facade.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectUrisTest {

    /** What Keycloak decides, from {@code RedirectUtils} of 26.7. */
    @ParameterizedTest
    @CsvSource({
        // entered, sent, whether Keycloak takes it
        "https://a.example/api/auth/callback/github, https://a.example/api/auth/callback/github, true",
        "https://a.example/api/auth/callback/github, https://a.example/api/auth/callback/github2, false",
        "https://a.example/api/auth/callback/github, https://a.example/api/auth/callback/githu, false",
        "https://a.example/api/auth/callback/github, http://a.example/api/auth/callback/github, false",
        "https://a.example/api/auth/callback/github, https://b.example/api/auth/callback/github, false",
        "https://a.example/api/auth/callback/github, https://a.example:8443/api/auth/callback/github, false",
        "https://a.example/api/auth/callback/*, https://a.example/api/auth/callback/github, true",
        "https://a.example/*, https://a.example/api/auth/callback/github, true",
        "https://a.example/app/*, https://a.example/api/auth/callback/github, false",
        "https://a.example*, https://a.example/api/auth/callback/github, true",
        "https://*.example/*, https://a.example/api/auth/callback/github, false",
        "https://a.example/*?x=*, https://a.example/api/auth/callback/github, false",
        "*, https://a.example/api/auth/callback/github, true",
        "http://localhost/*, http://localhost:5173/api/auth/callback/github, true",
        "http://localhost/api/auth/callback/github, http://localhost:5173/api/auth/callback/github, true",
        "http://127.0.0.1/*, http://127.0.0.1:5173/api/auth/callback/github, true",
        "http://localhost:3000/*, http://localhost:5173/api/auth/callback/github, false",
        "http://a.example/*, http://a.example:5173/api/auth/callback/github, false",
        "https://localhost/*, https://localhost:5173/api/auth/callback/github, false",
    })
    void admit_what_keycloak_admits(String entered, String sent, boolean admitted) {
        assertThat(new RedirectUris(Optional.of(Set.of(entered))).admit(sent)).isEqualTo(admitted);
    }

    @Test
    void admit_everything_while_they_are_unknown_and_nothing_if_there_are_none() {
        assertThat(RedirectUris.UNKNOWN.admit("https://a.example/api/auth/callback/github"))
                .isTrue();
        assertThat(new RedirectUris(Optional.of(Set.of())).admit("https://a.example/api/auth/callback/github"))
                .isFalse();
    }
}
