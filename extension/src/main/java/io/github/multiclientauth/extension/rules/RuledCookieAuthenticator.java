package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.application.SsoCookie;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticator;

/** Keycloak's step "Cookie", which ignores a session of a provider that the application may not use. */
final class RuledCookieAuthenticator extends CookieAuthenticator {

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
}
