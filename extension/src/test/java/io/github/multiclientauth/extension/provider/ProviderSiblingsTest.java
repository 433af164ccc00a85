package io.github.multiclientauth.extension.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.provider.ProviderSiblings.Summary;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSiblingsTest {

    private static final Summary FACEBOOK = summary("facebook", "facebook", true);
    private static final Summary ENABLED = summary("facebook-portfolio", "facebook", true);
    private static final Summary DISABLED = summary("facebook-portfolio", "facebook", false);

    @Test
    void an_enabled_sibling_serves_its_client_and_lends_nothing() {
        ProviderSiblings siblings = realm(FACEBOOK, ENABLED);

        assertThat(siblings.serving("facebook", "portfolio")).isEqualTo("facebook-portfolio");
        assertThat(siblings.lender("facebook", "portfolio")).isEmpty();
    }

    @Test
    void a_disabled_sibling_lends_its_credentials_and_serves_no_sign_ins() {
        ProviderSiblings siblings = realm(FACEBOOK, DISABLED);

        assertThat(siblings.serving("facebook", "portfolio")).isEqualTo("facebook");
        assertThat(siblings.lender("facebook", "portfolio")).contains(DISABLED);
    }

    @Test
    void a_sibling_is_for_its_own_client_only() {
        assertThat(realm(FACEBOOK, ENABLED).serving("facebook", "dashboard")).isEqualTo("facebook");
        assertThat(realm(FACEBOOK, DISABLED).lender("facebook", "dashboard")).isEmpty();
        assertThat(realm(FACEBOOK, DISABLED).lender("facebook", "port")).isEmpty();
    }

    @Test
    void without_a_sibling_the_provider_serves_itself() {
        ProviderSiblings siblings = realm(FACEBOOK);

        assertThat(siblings.serving("facebook", "portfolio")).isEqualTo("facebook");
        assertThat(siblings.lender("facebook", "portfolio")).isEmpty();
        assertThat(siblings.base("facebook", "portfolio")).isEqualTo("facebook");
    }

    @Test
    void a_provider_of_another_type_is_no_sibling_whatever_its_alias() {
        Summary enabled = summary("facebook-portfolio", "oidc", true);
        Summary disabled = summary("facebook-portfolio", "oidc", false);

        assertThat(realm(FACEBOOK, enabled).serving("facebook", "portfolio")).isEqualTo("facebook");
        assertThat(realm(FACEBOOK, enabled).base("facebook-portfolio", "portfolio"))
                .isEqualTo("facebook-portfolio");
        assertThat(realm(FACEBOOK, disabled).lender("facebook", "portfolio")).isEmpty();
    }

    @Test
    void an_enabled_sibling_serves_although_the_shared_provider_is_disabled() {
        Summary shared = summary("facebook", "facebook", false);

        assertThat(realm(shared, ENABLED).serving("facebook", "portfolio")).isEqualTo("facebook-portfolio");
    }

    @Test
    void without_a_shared_provider_an_alias_is_just_an_alias() {
        ProviderSiblings siblings = realm(ENABLED);

        assertThat(siblings.serving("facebook", "portfolio")).isEqualTo("facebook");
        assertThat(siblings.base("facebook-portfolio", "portfolio")).isEqualTo("facebook-portfolio");
    }

    @Test
    void tokens_name_the_shared_provider_also_after_the_sibling_is_disabled() {
        assertThat(realm(FACEBOOK, ENABLED).base("facebook-portfolio", "portfolio"))
                .isEqualTo("facebook");
        assertThat(realm(FACEBOOK, DISABLED).base("facebook-portfolio", "portfolio"))
                .isEqualTo("facebook");
    }

    @Test
    void tokens_of_another_client_name_the_sibling_itself() {
        assertThat(realm(FACEBOOK, ENABLED).base("facebook-portfolio", "dashboard"))
                .isEqualTo("facebook-portfolio");
        assertThat(realm(FACEBOOK, ENABLED).base("facebook-portfolio", "folio")).isEqualTo("facebook-portfolio");
    }

    @Test
    void hyphens_in_alias_and_client_id_do_not_confuse() {
        Summary shared = summary("acme-login", "oidc", true);
        Summary sibling = summary("acme-login-web-shop", "oidc", true);
        ProviderSiblings siblings = realm(shared, sibling);

        assertThat(siblings.serving("acme-login", "web-shop")).isEqualTo("acme-login-web-shop");
        assertThat(siblings.base("acme-login-web-shop", "web-shop")).isEqualTo("acme-login");
        assertThat(siblings.base("acme-login-web-shop", "shop")).isEqualTo("acme-login-web-shop");
    }

    @Test
    void an_applications_own_provider_is_not_offered_by_others() {
        ProviderSiblings siblings = realm(FACEBOOK, ENABLED);

        assertThat(siblings.belongsToAnother("facebook-portfolio", "dashboard", "portfolio"::equals))
                .isTrue();
        assertThat(siblings.belongsToAnother("facebook-portfolio", "portfolio", "portfolio"::equals))
                .isFalse();
        assertThat(siblings.belongsToAnother("facebook", "dashboard", any -> true))
                .isFalse();
    }

    @Test
    void an_alias_with_a_hyphen_is_no_sibling_without_the_client_or_the_shared_provider() {
        Summary otherType = summary("facebook-portfolio", "oidc", true);

        assertThat(realm(FACEBOOK, ENABLED).belongsToAnother("facebook-portfolio", "dashboard", none -> false))
                .isFalse();
        assertThat(realm(ENABLED).belongsToAnother("facebook-portfolio", "dashboard", any -> true))
                .isFalse();
        assertThat(realm(FACEBOOK, otherType).belongsToAnother("facebook-portfolio", "dashboard", any -> true))
                .isFalse();
    }

    @Test
    void every_split_at_a_hyphen_is_tried() {
        ProviderSiblings siblings =
                realm(summary("acme-login", "oidc", true), summary("acme-login-web-shop", "oidc", true));

        assertThat(siblings.belongsToAnother("acme-login-web-shop", "dashboard", "web-shop"::equals))
                .isTrue();
        assertThat(siblings.belongsToAnother("acme-login-web-shop", "dashboard", "shop"::equals))
                .isFalse();
        assertThat(siblings.belongsToAnother("acme-login-web-shop", "web-shop", any -> true))
                .isFalse();
    }

    @Test
    void an_empty_name_has_no_siblings() {
        ProviderSiblings siblings = realm(summary("", "facebook", true), FACEBOOK, ENABLED);

        assertThat(siblings.serving("", "portfolio")).isEmpty();
        assertThat(siblings.serving("facebook", "")).isEqualTo("facebook");
        assertThat(siblings.base("-portfolio", "portfolio")).isEqualTo("-portfolio");
    }

    @Test
    void a_provider_at_another_issuer_is_no_sibling_whatever_its_alias() {
        Summary shared = openId("auth0", "https://tenant.example/");
        Summary other = openId("auth0-partner", "https://partner.example/");
        ProviderSiblings siblings = realm(shared, other);

        assertThat(siblings.serving("auth0", "partner")).isEqualTo("auth0");
        assertThat(siblings.base("auth0-partner", "partner")).isEqualTo("auth0-partner");
        assertThat(siblings.belongsToAnother("auth0-partner", "portfolio", any -> true))
                .isFalse();
        assertThat(siblings.isSibling("auth0-partner", any -> true)).isFalse();
        assertThat(siblings.onlyNamedAfter("auth0-partner", "partner")).contains("auth0");
    }

    @Test
    void siblings_and_providers_with_other_names_are_not_reported() {
        ProviderSiblings siblings = realm(
                openId("auth0", "https://tenant.example/"),
                openId("auth0-partner", "https://tenant.example/"),
                summary("corp-partner", "oidc", true));

        assertThat(siblings.onlyNamedAfter("auth0-partner", "partner")).isEmpty();
        assertThat(siblings.onlyNamedAfter("auth0", "partner")).isEmpty();
        assertThat(siblings.onlyNamedAfter("corp-partner", "partner")).isEmpty();
    }

    /** An import leaves it like that, or an administrator who enters nothing but credentials. */
    @Test
    void a_lender_without_addresses_counts_as_a_sibling() {
        ProviderSiblings siblings =
                realm(openId("auth0", "https://tenant.example/"), summary("auth0-partner", "oidc", false));

        assertThat(siblings.onlyNamedAfter("auth0-partner", "partner")).isEmpty();
        assertThat(siblings.lender("auth0", "partner")).isPresent();
        assertThat(siblings.base("auth0-partner", "partner")).isEqualTo("auth0-partner");
    }

    @Test
    void of_two_splits_of_an_alias_only_the_one_at_the_same_issuer_counts() {
        ProviderSiblings siblings = realm(
                openId("a", "https://one.example/"),
                openId("a-b", "https://two.example/"),
                openId("a-b-c", "https://one.example/"));

        assertThat(siblings.base("a-b-c", "b-c")).isEqualTo("a");
        assertThat(siblings.base("a-b-c", "c")).isEqualTo("a-b-c");
        assertThat(siblings.serving("a-b", "c")).isEqualTo("a-b");
    }

    @Test
    void an_alias_with_two_splits_at_the_same_issuer_belongs_to_both_clients() {
        ProviderSiblings siblings = realm(
                openId("a", "https://one.example/"),
                openId("a-b", "https://one.example/"),
                openId("a-b-c", "https://one.example/"));

        assertThat(siblings.base("a-b-c", "b-c")).isEqualTo("a");
        assertThat(siblings.base("a-b-c", "c")).isEqualTo("a-b");
        assertThat(siblings.base("a-b-c", "other")).isEqualTo("a-b-c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak", "Keycloak", "KEYCLOAK", " keycloak ", "\u212aeycloak", "\uff4beycloak"})
    void no_identity_provider_counts_as_keycloaks_own_login_page(String alias) {
        ProviderSiblings siblings =
                realm(openId(alias, "https://one.example/"), openId(alias + "-portfolio", "https://one.example/"));

        assertThat(siblings.base(alias, "portfolio")).isEqualTo(OwnLogin.IMPOSTOR);
        assertThat(siblings.base(alias + "-portfolio", "portfolio")).isEqualTo(alias + "-portfolio");
        assertThat(siblings.serving(alias, "portfolio")).isEqualTo(alias);
        assertThat(siblings.lender(alias, "portfolio")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak-oidc", "keycloaks", "my-keycloak", "key-cloak", "keycl\u00f6ak"})
    void another_name_is_not_keycloaks_login_page(String alias) {
        assertThat(realm(openId(alias, "https://one.example/")).base(alias, "portfolio"))
                .isEqualTo(alias);
    }

    private static Summary openId(String alias, String issuer) {
        return new Summary(
                alias, ProviderServer.of("oidc", Map.of("issuer", issuer, "tokenUrl", issuer + "token")), true);
    }

    private static Summary summary(String alias, String type, boolean enabled) {
        Map<String, String> config = type.equals("oidc") && enabled
                ? Map.of("issuer", "https://i.example", "tokenUrl", "https://i.example/t")
                : Map.of();
        return new Summary(alias, ProviderServer.of(type, config), enabled);
    }

    private static ProviderSiblings realm(Summary... providers) {
        Map<String, Summary> byAlias =
                Arrays.stream(providers).collect(Collectors.toMap(Summary::alias, Function.identity()));
        return new ProviderSiblings(alias -> Optional.ofNullable(byAlias.get(alias)));
    }
}
