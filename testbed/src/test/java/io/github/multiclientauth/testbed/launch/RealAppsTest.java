package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.multiclientauth.testbed.process.StartFailedException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RealAppsTest {

    private static final String ISSUER = "https://example.eu.auth0.com/";

    @Test
    void there_is_no_real_app_unless_the_environment_has_one() {
        // The last two are a variable of GitHub's own machines, and one that belongs to no app.
        RealApps none = RealApps.of(
                Map.of("PATH", "/usr/bin", "GITHUB_API_URL", "https://api.github.com", "AUTH0_ISSUER", ISSUER));

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.realmVariables()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "google", "facebook", "linkedin"})
    void id_and_secret_make_a_provider_the_real_one(String alias) {
        String prefix = alias.toUpperCase(Locale.ROOT);

        RealApps real = RealApps.of(Map.of(prefix + "_CLIENT_ID", "the-id", prefix + "_CLIENT_SECRET", "the-secret"));

        assertThat(Testbed.PROVIDERS.stream().filter(real::include)).containsExactly(alias);
        assertThat(real.realmVariables())
                .as("nothing but the app: all addresses are the realm file's own")
                .isEqualTo(Map.of(prefix + "_CLIENT_ID", "the-id", prefix + "_CLIENT_SECRET", "the-secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET",
        "GITHUB_CLIENT_SECRET, GITHUB_CLIENT_ID",
        "GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET",
        "FACEBOOK_CLIENT_SECRET, FACEBOOK_CLIENT_ID",
        "LINKEDIN_CLIENT_ID, LINKEDIN_CLIENT_SECRET",
        "AUTH0_CLIENT_SECRET, AUTH0_CLIENT_ID",
        "GITHUB_DASHBOARD_CLIENT_ID, GITHUB_DASHBOARD_CLIENT_SECRET"
    })
    void an_error_for_half_an_app_has_its_name_and_not_its_value(String given, String missing) {
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> RealApps.of(Map.of(given, "confidential", missing, " ")))
                .withMessageStartingWith("Nothing was started: ")
                .withMessageContaining(given + " is set, but not " + missing)
                .withMessageNotContaining("confidential");
    }

    @Test
    void an_application_can_have_its_own_app_only_at_a_real_provider() {
        Map<String, String> own = Map.of(
                "GOOGLE_DASHBOARD_CLIENT_ID", "of-dashboard", "GOOGLE_DASHBOARD_CLIENT_SECRET", "secret-of-dashboard");
        Map<String, String> both = new HashMap<>(own);
        both.put("GOOGLE_CLIENT_ID", "shared");
        both.put("GOOGLE_CLIENT_SECRET", "shared-secret");

        assertThat(RealApps.of(both).realmVariables()).isEqualTo(both);
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> RealApps.of(own))
                .withMessageContaining("GOOGLE_DASHBOARD_CLIENT_ID is set, but not GOOGLE_CLIENT_ID");
    }

    @Test
    void an_auth0_tenant_is_known_by_its_issuer() {
        Map<String, String> variables = RealApps.of(Map.of(
                        "AUTH0_CLIENT_ID", "id",
                        "AUTH0_CLIENT_SECRET", "secret",
                        "AUTH0_ISSUER", ISSUER,
                        "AUTH0_TOKEN_URL", "https://gateway.example.com/token"))
                .realmVariables();

        assertThat(variables)
                .containsEntry("AUTH0_ISSUER", ISSUER)
                .containsEntry("AUTH0_AUTHORIZATION_URL", ISSUER + "authorize")
                .containsEntry("AUTH0_TOKEN_URL", "https://gateway.example.com/token")
                .containsEntry("AUTH0_USERINFO_URL", ISSUER + "userinfo")
                .containsEntry("AUTH0_JWKS_URL", ISSUER + ".well-known/jwks.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://example.eu.auth0.com", "example.eu.auth0.com/", "not a URL/"})
    void an_auth0_tenant_without_a_usable_issuer_is_refused(String issuer) {
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> RealApps.of(
                        Map.of("AUTH0_CLIENT_ID", "id", "AUTH0_CLIENT_SECRET", "secret", "AUTH0_ISSUER", issuer)))
                .withMessageContaining("AUTH0_ISSUER")
                .withMessageContaining("https://example.eu.auth0.com/");
    }

    @Test
    void other_addresses_are_passed_on() {
        assertThat(RealApps.of(Map.of(
                                "GITHUB_CLIENT_ID", "id",
                                "GITHUB_CLIENT_SECRET", "secret",
                                "GITHUB_BASE_URL", "https://github.example.com",
                                "GITHUB_API_URL", "https://github.example.com/api/v3"))
                        .realmVariables())
                .containsEntry("GITHUB_BASE_URL", "https://github.example.com")
                .containsEntry("GITHUB_API_URL", "https://github.example.com/api/v3");
    }

    @Test
    void all_mistakes_are_reported_at_once() {
        assertThatExceptionOfType(StartFailedException.class)
                .isThrownBy(() -> RealApps.of(Map.of(
                        "GITHUB_CLIENT_ID", "id",
                        "GOOGLE_CLIENT_ID", "id",
                        "GOOGLE_CLIENT_SECRET", "a\"b")))
                .withMessageContaining("GITHUB_CLIENT_SECRET")
                .withMessageContaining("GOOGLE_CLIENT_SECRET contains a quotation mark")
                .withMessageNotContaining("a\"b");
    }

    @Test
    void its_summary_contains_no_secret() {
        assertThat(RealApps.of(Map.of("GITHUB_CLIENT_ID", "id", "GITHUB_CLIENT_SECRET", "confidential")))
                .hasToString("RealApps[github]");
    }
}
