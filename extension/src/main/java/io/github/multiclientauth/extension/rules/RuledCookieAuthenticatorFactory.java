package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.CheckedProviderFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's factory of the step "Cookie", under its name. */
public final class RuledCookieAuthenticatorFactory extends CookieAuthenticatorFactory
        implements CheckedProviderFactory {

    private static final Authenticator AUTHENTICATOR = new RuledCookieAuthenticator();

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return AUTHENTICATOR;
    }
}
