package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeycloakProbeTest {

    private final StandInKeycloak realm = new StandInKeycloak();

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void sees_nothing_wrong_where_all_is_right() {
        assertThat(look(realm.issuerUri())).isEqualTo(new KeycloakProbe.Seen("", ""));
    }

    @Test
    void sees_that_nobody_answers() {
        realm.up(false);

        assertThat(look(realm.issuerUri()).metadataProblem()).contains("503");
    }

    @Test
    void sees_another_issuer() {
        realm.metadata("issuer", "https://other.example/realms/test");

        assertThat(look(realm.issuerUri()).metadataProblem())
                .contains("https://other.example/realms/test")
                .contains(realm.issuer());
    }

    @Test
    void sees_what_is_no_metadata() {
        realm.withoutMetadata("subject_types_supported");

        assertThat(look(realm.issuerUri()).metadataProblem()).contains("no metadata");
    }

    @Test
    void sees_that_the_keys_are_out_of_reach() {
        realm.metadata("jwks_uri", "http://127.0.0.1:1/certs");

        KeycloakProbe.Seen seen = look(realm.issuerUri());

        assertThat(seen.metadataProblem()).isEmpty();
        assertThat(seen.keysProblem()).isNotEmpty();
    }

    @Test
    void sees_keys_that_are_none() {
        realm.metadata("jwks_uri", realm.issuer() + "/.well-known/openid-configuration");

        assertThat(look(realm.issuerUri()).keysProblem()).contains("no JWK Set");
    }

    private static KeycloakProbe.Seen look(URI issuer) {
        return new KeycloakProbe(
                        issuer,
                        new KeycloakRequests(
                                Duration.ofSeconds(2), Duration.ofSeconds(10), Optional.empty(), KeycloakWatch.NONE))
                .look();
    }
}
