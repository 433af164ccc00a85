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
    void finds_nothing_wrong_with_a_correct_realm() {
        assertThat(look(realm.issuerUri())).isEqualTo(new KeycloakProbe.Seen("", ""));
    }

    @Test
    void finds_that_keycloak_does_not_answer() {
        realm.up(false);

        assertThat(look(realm.issuerUri()).metadataProblem()).contains("503");
    }

    @Test
    void finds_another_issuer() {
        realm.metadata("issuer", "https://other.example/realms/test");

        assertThat(look(realm.issuerUri()).metadataProblem())
                .contains("https://other.example/realms/test")
                .contains(realm.issuer());
    }

    @Test
    void finds_invalid_metadata() {
        realm.withoutMetadata("subject_types_supported");

        assertThat(look(realm.issuerUri()).metadataProblem()).contains("no metadata");
    }

    @Test
    void finds_unreachable_keys() {
        realm.metadata("jwks_uri", "http://127.0.0.1:1/certs");

        KeycloakProbe.Seen seen = look(realm.issuerUri());

        assertThat(seen.metadataProblem()).isEmpty();
        assertThat(seen.keysProblem()).isNotEmpty();
    }

    @Test
    void finds_an_invalid_key_set() {
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
