package io.github.multiclientauth.extension.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.extension.broker.ProviderSiblings.Summary;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProviderSiblingsTest {

    private static final Summary FACEBOOK = new Summary("facebook", "facebook", true);
    private static final Summary ENABLED = new Summary("facebook-portfolio", "facebook", true);
    private static final Summary DISABLED = new Summary("facebook-portfolio", "facebook", false);

    @Test
    void an_enabled_sibling_serves_its_client_and_lends_nothing() {
        ProviderSiblings siblings = realm(FACEBOOK, ENABLED);

        assertThat(siblings.serving("facebook", "portfolio")).isEqualTo("facebook-portfolio");
        assertThat(siblings.lender("facebook", "portfolio")).isEmpty();
    }

    @Test
    void a_disabled_sibling_lends_and_serves_nobody() {
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
    void without_a_sibling_the_provider_is_what_it_was() {
        ProviderSiblings siblings = realm(FACEBOOK);

        assertThat(siblings.serving("facebook", "portfolio")).isEqualTo("facebook");
        assertThat(siblings.lender("facebook", "portfolio")).isEmpty();
        assertThat(siblings.base("facebook", "portfolio")).isEqualTo("facebook");
    }

    @Test
    void a_provider_of_another_type_is_no_sibling_whatever_its_alias() {
        Summary enabled = new Summary("facebook-portfolio", "oidc", true);
        Summary disabled = new Summary("facebook-portfolio", "oidc", false);

        assertThat(realm(FACEBOOK, enabled).serving("facebook", "portfolio")).isEqualTo("facebook");
        assertThat(realm(FACEBOOK, enabled).base("facebook-portfolio", "portfolio"))
                .isEqualTo("facebook-portfolio");
        assertThat(realm(FACEBOOK, disabled).lender("facebook", "portfolio")).isEmpty();
    }

    @Test
    void an_enabled_sibling_serves_although_the_shared_provider_is_disabled() {
        Summary shared = new Summary("facebook", "facebook", false);

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
        Summary shared = new Summary("acme-login", "oidc", true);
        Summary sibling = new Summary("acme-login-web-shop", "oidc", true);
        ProviderSiblings siblings = realm(shared, sibling);

        assertThat(siblings.serving("acme-login", "web-shop")).isEqualTo("acme-login-web-shop");
        assertThat(siblings.base("acme-login-web-shop", "web-shop")).isEqualTo("acme-login");
        assertThat(siblings.base("acme-login-web-shop", "shop")).isEqualTo("acme-login-web-shop");
    }

    @Test
    void an_applications_own_provider_is_nobody_elses() {
        ProviderSiblings siblings = realm(FACEBOOK, ENABLED);

        assertThat(siblings.belongsToAnother("facebook-portfolio", "dashboard", "portfolio"::equals))
                .isTrue();
        assertThat(siblings.belongsToAnother("facebook-portfolio", "portfolio", "portfolio"::equals))
                .isFalse();
        assertThat(siblings.belongsToAnother("facebook", "dashboard", any -> true))
                .isFalse();
    }

    @Test
    void an_alias_with_a_hyphen_belongs_to_nobody_without_the_client_or_without_the_shared_provider() {
        Summary otherType = new Summary("facebook-portfolio", "oidc", true);

        assertThat(realm(FACEBOOK, ENABLED).belongsToAnother("facebook-portfolio", "dashboard", none -> false))
                .isFalse();
        assertThat(realm(ENABLED).belongsToAnother("facebook-portfolio", "dashboard", any -> true))
                .isFalse();
        assertThat(realm(FACEBOOK, otherType).belongsToAnother("facebook-portfolio", "dashboard", any -> true))
                .isFalse();
    }

    @Test
    void every_reading_of_the_hyphens_counts() {
        ProviderSiblings siblings =
                realm(new Summary("acme-login", "oidc", true), new Summary("acme-login-web-shop", "oidc", true));

        assertThat(siblings.belongsToAnother("acme-login-web-shop", "dashboard", "web-shop"::equals))
                .isTrue();
        assertThat(siblings.belongsToAnother("acme-login-web-shop", "dashboard", "shop"::equals))
                .isFalse();
        assertThat(siblings.belongsToAnother("acme-login-web-shop", "web-shop", any -> true))
                .isFalse();
    }

    @Test
    void nothing_is_made_of_an_empty_name() {
        ProviderSiblings siblings = realm(new Summary("", "facebook", true), FACEBOOK, ENABLED);

        assertThat(siblings.serving("", "portfolio")).isEmpty();
        assertThat(siblings.serving("facebook", "")).isEqualTo("facebook");
        assertThat(siblings.base("-portfolio", "portfolio")).isEqualTo("-portfolio");
    }

    private static ProviderSiblings realm(Summary... providers) {
        Map<String, Summary> byAlias =
                Arrays.stream(providers).collect(Collectors.toMap(Summary::alias, Function.identity()));
        return new ProviderSiblings(alias -> Optional.ofNullable(byAlias.get(alias)));
    }
}
