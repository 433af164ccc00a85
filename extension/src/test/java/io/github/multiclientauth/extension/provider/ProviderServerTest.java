package io.github.multiclientauth.extension.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderServerTest {

    private static final Map<String, String> TENANT = Map.of(
            "issuer", "https://id.example/realms/a",
            "authorizationUrl", "https://id.example/realms/a/auth",
            "tokenUrl", "https://id.example/realms/a/token",
            "userInfoUrl", "https://id.example/realms/a/userinfo",
            "jwksUrl", "https://id.example/realms/a/certs");

    @ParameterizedTest
    @ValueSource(strings = {"oidc", "keycloak-oidc"})
    void openid_providers_are_the_same_if_their_issuer_is(String type) {
        assertThat(isSame(type, TENANT, with("authorizationUrl", "https://gateway.example/auth")))
                .isTrue();
        assertThat(isSame(type, TENANT, with("issuer", "https://id.example/realms/b")))
                .isFalse();
    }

    @Test
    void the_type_must_be_the_same() {
        assertThat(ProviderServer.of("oidc", TENANT).isSameAs(ProviderServer.of("keycloak-oidc", TENANT)))
                .isFalse();
    }

    /** The server at those addresses can write any issuer into its tokens, and any statement about an e-mail address. */
    @ParameterizedTest
    @CsvSource({
        "tokenUrl, https://partner.example/token",
        "userInfoUrl, https://partner.example/userinfo",
        "jwksUrl, https://partner.example/certs",
        "jwksUrl, https://id.example.partner.example/certs",
        "jwksUrl, https://id.example@partner.example/certs",
        "userInfoUrl, https://id.example:8443/userinfo",
        "tokenUrl, http://id.example/realms/a/token",
        "tokenUrl, //id.example/realms/a/token"
    })
    void providers_with_the_same_issuer_differ_if_their_servers_do(String key, String url) {
        assertThat(isSame("oidc", TENANT, with(key, url))).isFalse();
    }

    @Test
    void providers_differ_if_only_one_has_an_issuer() {
        assertThat(isSame("oidc", TENANT, with("issuer", null))).isFalse();
        assertThat(isSame("oidc", with("issuer", null), TENANT)).isFalse();
        assertThat(isSame("oidc", TENANT, with("issuer", " "))).isFalse();
    }

    @Test
    void several_issuers_must_all_be_the_same() {
        Map<String, String> two = with("issuer", "https://id.example/realms/a, https://id.example/realms/b");

        assertThat(isSame("oidc", two, with("issuer", "https://id.example/realms/b,https://id.example/realms/a")))
                .isTrue();
        assertThat(isSame("oidc", TENANT, two)).isFalse();
        assertThat(isSame("oidc", two, TENANT)).isFalse();
    }

    @Nested
    class WithoutAnIssuer {

        private final Map<String, String> shared = with("issuer", null);

        @Test
        void providers_without_an_issuer_are_the_same_if_their_addresses_are() {
            assertThat(isSame("oidc", shared, shared)).isTrue();
            assertThat(isSame("oidc", shared, changed("tokenUrl", "HTTPS://ID.example:443/realms/a/token")))
                    .isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "tokenUrl, https://id.example/realms/b/token",
            "tokenUrl, https://id.example/realms/a/token?p=other",
            "tokenUrl, https://partner.example/realms/a/token",
            "tokenUrl, ",
            "authorizationUrl, https://partner.example/realms/a/auth",
            "authorizationUrl, https://id.example/realms/b/auth",
            "userInfoUrl, https://partner.example/userinfo"
        })
        void no_other_address_is_the_same(String key, String url) {
            assertThat(isSame("oidc", shared, changed(key, url))).isFalse();
        }

        @Test
        void no_address_is_not_the_same_as_no_address() {
            assertThat(isSame("oidc", Map.of(), Map.of())).isFalse();
        }

        private Map<String, String> changed(String key, String value) {
            Map<String, String> config = new HashMap<>(shared);
            config.put(key, value);
            return config;
        }
    }

    @Test
    void github_is_at_its_own_address_unless_another_is_entered() {
        Map<String, String> enterprise =
                Map.of("baseUrl", "https://github.bank.example", "apiUrl", "https://github.bank.example/api/v3");

        assertThat(isSame("github", Map.of(), Map.of("baseUrl", "https://github.com/", "apiUrl", "")))
                .isTrue();
        assertThat(isSame("github", enterprise, enterprise)).isTrue();
        assertThat(isSame("github", enterprise, Map.of())).isFalse();
        assertThat(isSame("github", Map.of(), enterprise)).isFalse();
        assertThat(isSame("github", Map.of(), Map.of("apiUrl", "https://api.partner.example")))
                .isFalse();
        assertThat(isSame("github", Map.of(), Map.of("emailUrl", "https://partner.example/emails")))
                .isFalse();
        assertThat(isSame("github", Map.of(), Map.of("baseUrl", "github.com"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"facebook", "google", "linkedin-openid-connect"})
    void those_whose_addresses_are_fixed_are_the_same_whatever_is_entered(String type) {
        assertThat(isSame(type, Map.of(), Map.of("tokenUrl", "https://partner.example")))
                .isTrue();
    }

    @Test
    void saml_providers_are_the_same_if_entity_and_address_are() {
        Map<String, String> corp =
                Map.of("idpEntityId", "urn:corp", "singleSignOnServiceUrl", "https://saml.corp.example/sso");

        assertThat(isSame("saml", corp, corp)).isTrue();
        assertThat(isSame(
                        "saml",
                        corp,
                        Map.of("idpEntityId", "urn:corp", "singleSignOnServiceUrl", "https://other.example/sso")))
                .isFalse();
        assertThat(isSame(
                        "saml",
                        corp,
                        Map.of("idpEntityId", "urn:other", "singleSignOnServiceUrl", "https://saml.corp.example/sso")))
                .isFalse();
        assertThat(isSame("saml", Map.of(), Map.of())).isFalse();
    }

    @Test
    void oauth_providers_are_the_same_if_their_addresses_are() {
        assertThat(isSame("oauth2", TENANT, TENANT)).isTrue();
        assertThat(isSame("oauth2", TENANT, with("userInfoUrl", "https://partner.example/me")))
                .isFalse();
        assertThat(isSame("oauth2", TENANT, with("tokenUrl", "https://id.example/realms/b/token")))
                .isFalse();
    }

    @Test
    void microsoft_providers_are_the_same_if_their_tenant_is() {
        assertThat(isSame("microsoft", Map.of(), Map.of("tenantId", "common"))).isTrue();
        assertThat(isSame("microsoft", Map.of("tenantId", "bank"), Map.of())).isFalse();
    }

    @Test
    void providers_of_an_unknown_type_are_never_the_same() {
        assertThat(isSame("spiffe", TENANT, TENANT)).isFalse();
        assertThat(isSame("made-by-somebody", Map.of(), Map.of())).isFalse();
    }

    @Test
    void credentials_of_a_lender_without_addresses_are_for_the_server_that_its_name_says() {
        assertThat(mayLend("oidc", Map.of(), TENANT)).isTrue();
        assertThat(mayLend("oidc", Map.of("tokenUrl", "https://id.example/other"), TENANT))
                .isTrue();
        assertThat(mayLend("github", Map.of(), Map.of())).isTrue();
    }

    @Test
    void credentials_for_another_issuer_or_server_are_not_lent() {
        assertThat(mayLend("oidc", Map.of("issuer", "https://id.example/realms/b"), TENANT))
                .isFalse();
        assertThat(mayLend("oidc", Map.of("tokenUrl", "https://partner.example/token"), TENANT))
                .isFalse();
        assertThat(mayLend("github", Map.of(), Map.of("baseUrl", "https://github.bank.example")))
                .isFalse();
        assertThat(mayLend("microsoft", Map.of("tenantId", "other"), Map.of("tenantId", "bank")))
                .isFalse();
    }

    private static boolean isSame(String type, Map<String, String> shared, Map<String, String> own) {
        return ProviderServer.of(type, own).isSameAs(ProviderServer.of(type, shared));
    }

    private static boolean mayLend(String type, Map<String, String> lender, Map<String, String> borrower) {
        return ProviderServer.of(type, lender).mayLendTo(ProviderServer.of(type, borrower));
    }

    /** The tenant's configuration with one change. */
    private static Map<String, String> with(String key, String value) {
        Map<String, String> config = new HashMap<>(TENANT);
        config.put(key, value);
        return config;
    }
}
