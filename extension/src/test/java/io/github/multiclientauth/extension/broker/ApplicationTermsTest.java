package io.github.multiclientauth.extension.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.extension.application.Lab;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.JsonWebToken;

class ApplicationTermsTest {

    private final Lab lab = new Lab();
    private IdentityProviderModel github;

    @BeforeEach
    void realm() {
        github = lab.provider(
                "github",
                "github",
                true,
                Map.of(
                        "clientId",
                        "shared",
                        "clientSecret",
                        "s",
                        "authorizationUrl",
                        "http://127.0.0.1:4000/authorize"));
        lab.provider("github-portfolio", "github", false, Map.of("clientId", "own", "clientSecret", "own s"));
    }

    @Test
    void a_client_with_a_lender_signs_in_with_its_own_credentials() {
        assertThat(configFor("portfolio").getConfig())
                .containsEntry("clientId", "own")
                .containsEntry("clientSecret", "own s")
                .containsEntry("authorizationUrl", "http://127.0.0.1:4000/authorize");
    }

    @Test
    void borrowed_credentials_are_not_visible_to_other_sign_ins() {
        configFor("portfolio");

        assertThat(configFor("dashboard").getClientId()).isEqualTo("shared");
        assertThat(github.getConfig()).containsEntry("clientId", "shared");
    }

    @Test
    void a_client_that_has_not_opted_in_gets_keycloaks_own_configuration() {
        lab.clientScope = "another";

        assertThat(configFor("portfolio").getConfig()).isEqualTo(builtIn().getConfig());
    }

    @Test
    void the_client_scope_is_the_one_that_the_flow_is_configured_with() {
        lab.stepConfig = Map.of("clientScope", " applications ");
        assertThat(configFor("portfolio").getClientId()).isEqualTo("shared");

        lab.clientScope = "applications";
        assertThat(configFor("portfolio").getClientId()).isEqualTo("own");
    }

    @Test
    void without_a_sign_in_the_shared_credentials_stay() {
        lab.authenticationSession = false;

        assertThat(configFor("portfolio").getClientId()).isEqualTo("shared");
    }

    @Test
    void signing_out_is_no_sign_in() {
        lab.action = "LOGGING_OUT";

        assertThat(configFor("portfolio").getClientId()).isEqualTo("shared");
    }

    @Test
    void keycloaks_constructors_can_ask_for_the_configuration() {
        OAuth2IdentityProviderConfig config = builtIn();

        assertThat(ApplicationTerms.applied(null, config)).isSameAs(config);
    }

    @Test
    void an_authorization_url_of_another_scheme_is_not_used() {
        github.getConfig().put("authorizationUrl", "javascript:alert(1)");

        assertThat(configFor("portfolio").getAuthorizationUrl()).isEqualTo("https://github.com/login/oauth/authorize");
    }

    @Test
    void a_client_that_has_not_opted_in_sees_keycloaks_failure_and_knows_no_rules() {
        lab.clientScope = "another";
        IdentityBrokerException failure = new IdentityBrokerException("Wrong audience from token.");
        lab.rule = "nothing";
        ApplicationTerms terms = terms("portfolio", github);

        assertThatThrownBy(() -> terms.identity("{}", response -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> terms.accept(identity(), () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatCode(() -> terms.accept(identity(), () -> {})).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "TRUE, true", "yes, false"})
    void text_in_email_verified_becomes_a_boolean(String text, boolean verified) {
        assertThat(emailVerified(text)).isEqualTo(verified);
    }

    @Test
    void other_values_of_email_verified_stay_and_a_missing_one_stays_missing() {
        assertThat(emailVerified(true)).isEqualTo(true);
        assertThat(emailVerified(1)).isEqualTo(1);
        assertThat(emailVerified(null)).isNull();
    }

    @Test
    void a_client_that_has_not_opted_in_gets_the_claim_as_it_comes() {
        lab.clientScope = "another";

        assertThat(emailVerified("true")).isEqualTo("true");
    }

    /** The value of the claim after it was read. */
    private Object emailVerified(Object claim) {
        JsonWebToken token = new JsonWebToken();
        if (claim != null) {
            token.setOtherClaims("email_verified", claim);
        }
        BrokeredIdentityContext identity = new BrokeredIdentityContext("id", github);
        identity.getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, token);
        ApplicationTerms terms = terms("portfolio", github);
        assertThat(terms.identity("{}", response -> identity)).isSameAs(identity);
        return token.getOtherClaims().get("email_verified");
    }

    @Test
    void a_token_exchange_is_no_sign_in() {
        lab.authenticationSession = false;
        lab.rule = "nothing";
        ApplicationTerms terms = terms("portfolio", github);

        assertThatCode(() -> terms.accept(identity(), () -> {})).doesNotThrowAnyException();
    }

    @Test
    void rules_name_the_shared_provider_when_the_clients_own_has_taken_over() {
        IdentityProviderModel own = lab.provider("github-portfolio", "github", true, Map.of());
        lab.rule = "github";
        assertThat(mayUse("portfolio", own)).isTrue();

        lab.rule = "github-portfolio";
        assertThat(mayUse("portfolio", own)).isFalse();
    }

    @Test
    void another_applications_own_provider_is_refused_even_if_a_rule_names_it() {
        IdentityProviderModel own = lab.provider("github-portfolio", "github", true, Map.of());
        lab.otherClients.add("portfolio");
        lab.rule = "github##github-portfolio";

        assertThat(mayUse("portfolio", own)).isTrue();
        assertThat(mayUse("dashboard", own)).isFalse();
        assertThat(mayUse("dashboard", github)).isTrue();
    }

    @Test
    void where_the_other_application_does_not_exist_an_alias_is_just_an_alias() {
        IdentityProviderModel own = lab.provider("github-portfolio", "github", true, Map.of());

        assertThat(mayUse("dashboard", own)).isTrue();
    }

    @Test
    void a_client_that_has_not_opted_in_may_use_an_applications_own_provider() {
        IdentityProviderModel own = lab.provider("github-portfolio", "github", true, Map.of());
        lab.otherClients.add("portfolio");
        lab.clientScope = "another";

        assertThat(mayUse("dashboard", own)).isTrue();
    }

    @Test
    void a_disabled_provider_is_refused() {
        github.setEnabled(false);

        assertThat(mayUse("portfolio", github)).isFalse();
    }

    private boolean mayUse(String clientId, IdentityProviderModel provider) {
        return !terms(clientId, provider).isRefused();
    }

    private ApplicationTerms terms(String clientId, IdentityProviderModel provider) {
        return new ApplicationTerms(lab.session(lab.signIn(clientId)), provider, builtIn());
    }

    private BrokeredIdentityContext identity() {
        return new BrokeredIdentityContext("id", github);
    }

    private OAuth2IdentityProviderConfig configFor(String clientId) {
        OAuth2IdentityProviderConfig config = builtIn();
        return ApplicationTerms.applied(
                new ApplicationTerms(lab.session(lab.signIn(clientId)), github, config), config);
    }

    /** The configuration as Keycloak's provider completes it. */
    private OAuth2IdentityProviderConfig builtIn() {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig(github);
        config.setAuthorizationUrl("https://github.com/login/oauth/authorize");
        config.setTokenUrl("https://github.com/login/oauth/access_token");
        return config;
    }
}
