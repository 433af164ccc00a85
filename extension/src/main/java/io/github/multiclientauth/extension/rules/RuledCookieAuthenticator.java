package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.application.SsoCookie;
import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticator;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Keycloak's step "Cookie", which ignores a session of a provider that the application may not use. */
public final class RuledCookieAuthenticator extends CookieAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (Application.of(context.getSession(), context.getAuthenticationSession())
                .filter(RuledCookieAuthenticator::hasSessionOfForbiddenProvider)
                .isPresent()) {
            context.attempted();
        } else {
            super.authenticate(context);
        }
    }

    private static boolean hasSessionOfForbiddenProvider(Application application) {
        ClientProviders providers = application.providers();
        return SsoCookie.activeSession(application.session(), application.realm())
                .map(providers::signInProvider)
                .filter(provider -> !providers.allows(provider))
                .isPresent();
    }

    /** Takes the place of Keycloak's factory of the step "Cookie", under its name. */
    public static final class Factory extends CookieAuthenticatorFactory
            implements ReplacingProviderFactory<Authenticator> {

        private static final Authenticator AUTHENTICATOR = new RuledCookieAuthenticator();

        @Override
        public Authenticator create(KeycloakSession session) {
            return AUTHENTICATOR;
        }
    }
}
