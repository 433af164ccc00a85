package io.github.multiclientauth.facade.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.fake.MovableClock;
import io.github.multiclientauth.facade.seal.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests requests and answers against a small server on loopback. */
class KeycloakDirectorySourceTest {

    private final MovableClock clock = new MovableClock();
    private final StandInKeycloak realm = new StandInKeycloak();
    private Secret secret = new Secret("canary-secret");
    private final FacadeAccount account = realm.account(() -> secret, new KeycloakClock(clock));
    private final KeycloakDirectorySource source =
            new KeycloakDirectorySource(account, URI.create(realm.issuer() + "/directory"));

    @BeforeEach
    void grantTokens() {
        realm.token(200, "{\"access_token\":\"canary-token\",\"token_type\":\"Bearer\",\"expires_in\":60}");
        realm.directory(200, "the document", "\"one\"");
    }

    @AfterEach
    void close() {
        realm.close();
    }

    @Test
    void reads_the_document_as_the_service_account() {
        assertThat(source.fetch(Optional.empty())).isInstanceOfSatisfying(Fetched.Document.class, document -> {
            assertThat(document.json()).isEqualToIgnoringWhitespace("the document");
            assertThat(document.tag()).hasValue("\"one\"");
        });

        var token = realm.asked("/token").get(0);
        assertThat(token.form()).containsEntry("grant_type", "client_credentials");
        // RFC 6749, section 2.3.1: both are form-encoded first.
        assertThat(token.authorization())
                .hasValue("Basic "
                        + Base64.getEncoder()
                                .encodeToString("the+facade:canary-secret".getBytes(StandardCharsets.UTF_8)));
        var directory = realm.asked("/directory").get(0);
        assertThat(directory.authorization()).hasValue("Bearer canary-token");
        assertThat(directory.ifNoneMatch()).isEmpty();
    }

    @Test
    void takes_a_changed_secret_as_soon_as_the_former_is_refused() {
        realm.token(401, "{\"error\":\"unauthorized_client\"}");
        assertThat(source.fetch(Optional.empty()))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("unauthorized_client", "mca.directory.client-secret"));

        secret = new Secret("changed");
        grantTokens();

        assertThat(source.fetch(Optional.empty())).isInstanceOf(Fetched.Document.class);
        assertThat(realm.asked("/token").get(1).authorization())
                .hasValue("Basic "
                        + Base64.getEncoder().encodeToString("the+facade:changed".getBytes(StandardCharsets.UTF_8)));
    }

    /** A proxy answers like this while Keycloak restarts. Nobody should change a secret because of that. */
    @ParameterizedTest
    @CsvSource({
        "502, text/html, <html>",
        "503, application/json, {}",
        "500, application/json, {\"error\":\"unknown_error\"}"
    })
    void an_error_of_a_gateway_is_not_reported_as_a_wrong_secret(int status, String type, String body) {
        realm.token(status, type, body);

        assertThat(source.fetch(Optional.empty()))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo(realm.issuer() + "/token answered with status " + status));
    }

    @Test
    void metadata_that_are_refused_are_named_with_their_status() {
        realm.up(false);

        assertThat(source.fetch(Optional.empty()))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("mca.issuer", "/.well-known/openid-configuration answered with status 503"));
    }

    @Test
    void asks_whether_the_document_is_still_the_same() {
        realm.directory(304, "", "\"one\"");

        assertThat(source.fetch(Optional.of("\"one\""))).isEqualTo(new Fetched.Unchanged());
        assertThat(realm.asked("/directory").get(0).ifNoneMatch()).hasValue("\"one\"");
    }

    @Test
    void uses_a_token_while_it_is_good() {
        source.fetch(Optional.empty());
        clock.advance(Duration.ofSeconds(39));
        source.fetch(Optional.empty());
        assertThat(realm.asked("/token")).hasSize(1);

        clock.advance(Duration.ofSeconds(2));
        source.fetch(Optional.empty());
        assertThat(realm.asked("/token")).hasSize(2);
        assertThat(realm.asked("/directory")).hasSize(3);
    }

    @Test
    void gets_a_new_token_once_when_keycloak_no_longer_takes_the_old_one() {
        source.fetch(Optional.empty());
        realm.directory(401, "", null);

        assertThat(source.fetch(Optional.empty())).isInstanceOf(Fetched.Failed.class);
        assertThat(realm.asked("/token")).hasSize(2);
        assertThat(realm.asked("/directory")).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "401, answered with status 401",
        "403, view-clients",
        "404, the extension's JAR",
        "302, answered with status 302",
        "500, answered with status 500",
    })
    void says_what_to_fix(int status, String says) {
        realm.directory(status, "canary-body", null);

        assertThat(source.fetch(Optional.empty()))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason()).contains(says).doesNotContain("canary"));
    }

    @Test
    void says_what_to_fix_when_the_service_account_is_refused() {
        realm.token(401, "{\"error\":\"unauthorized_client\"}");

        assertThat(source.fetch(Optional.empty()))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason())
                                .contains("the facade")
                                .contains("unauthorized_client")
                                .contains("mca.directory.client-secret")
                                .doesNotContain("canary"));
        assertThat(realm.asked("/directory")).isEmpty();
    }

    @Test
    void says_so_when_keycloak_is_away_and_goes_on_when_it_is_back() {
        realm.up(false);
        assertThat(source.fetch(Optional.empty()))
                .isInstanceOfSatisfying(
                        Fetched.Failed.class,
                        failed -> assertThat(failed.reason()).contains("mca.issuer"));

        realm.up(true);
        assertThat(source.fetch(Optional.empty())).isInstanceOf(Fetched.Document.class);
    }

    @Test
    void repeats_no_answer_that_it_cannot_read() {
        realm.token(200, "{\"access_token\":\"canary-token\"");

        assertThat(source.fetch(Optional.empty()).toString()).doesNotContain("canary");
    }

    @Test
    void compares_the_clocks_by_the_token() {
        assertThat(account.clockAhead()).isEmpty();
        String issued = StandInKeycloak.signed(StandInKeycloak.claims(realm.issuer())
                .issueTime(java.util.Date.from(clock.instant().plusSeconds(90))));
        realm.token(200, "{\"access_token\":\"" + issued + "\",\"token_type\":\"Bearer\",\"expires_in\":60}");

        source.fetch(Optional.empty());

        assertThat(account.clockAhead())
                .hasValueSatisfying(
                        ahead -> assertThat(ahead).isBetween(Duration.ofSeconds(89), Duration.ofSeconds(90)));
    }

    @Test
    void compares_no_clocks_without_an_issue_time() {
        source.fetch(Optional.empty());

        assertThat(account.clockAhead()).isEmpty();
    }
}
