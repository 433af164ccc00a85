package io.github.multiclientauth.extension.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;

/** Keycloak takes, of two factories of one name, the one of the higher order, whether or not it is supported. */
class ReplacingProviderFactoryTest {

    @Test
    void is_in_front_of_keycloaks_own_where_it_is_offered() {
        assertThat(ReplacingProviderFactory.order(true))
                .isGreaterThan(new CookieAuthenticatorFactory().order())
                .isGreaterThan(new FreeMarkerLoginFormsProviderFactory().order());
    }

    @Test
    void is_behind_keycloaks_own_where_it_is_off() {
        assertThat(ReplacingProviderFactory.order(false))
                .isLessThan(new CookieAuthenticatorFactory().order())
                .isLessThan(new FreeMarkerLoginFormsProviderFactory().order());
    }
}
