package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's factory of the step "Cookie", under its name. */
public final class RuledCookieAuthenticatorFactory extends CookieAuthenticatorFactory
        implements ReplacingProviderFactory<Authenticator> {

    private static final Authenticator AUTHENTICATOR = new RuledCookieAuthenticator();

    @Override
    public Authenticator create(KeycloakSession session) {
        return AUTHENTICATOR;
    }
}
