package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.OptIn;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticator;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Keycloak's step "Cookie", for which a session of a provider that the application may not use does not exist. */
final class RuledCookieAuthenticator extends CookieAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (OptIn.concerns(context.getAuthenticationSession()) && isOfForbiddenProvider(context)) {
            context.attempted();
        } else {
            super.authenticate(context);
        }
    }

    // Keycloak 26.5 made AuthResult a record and deprecated its getters; older ones have nothing else.
    @SuppressWarnings("removal")
    private static boolean isOfForbiddenProvider(AuthenticationFlowContext context) {
        AuthenticationManager.AuthResult cookie =
                AuthenticationManager.authenticateIdentityCookie(context.getSession(), context.getRealm(), true);
        if (cookie == null) {
            return false;
        }
        AuthenticationSessionModel signIn = context.getAuthenticationSession();
        String provider = SignInProvider.of(context.getSession(), cookie.getSession(), signIn.getClient());
        return !ApplicationRules.INSTANCE.allows(context.getSession(), signIn.getClient(), provider);
    }
}
