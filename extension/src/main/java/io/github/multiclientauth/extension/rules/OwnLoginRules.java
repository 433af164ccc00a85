package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ApplicationAnswer;
import io.github.multiclientauth.extension.broker.OptIn;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether people of an application may get an account, or a new password, at Keycloak's own pages. Where the rule names identity providers
 * only, the sign-in would end at its end; by then there would be an account with a password.
 */
public final class OwnLoginRules {

    private OwnLoginRules() {}

    /** What the application is told; empty if there is nothing to refuse. */
    public static Optional<Response> refusal(KeycloakSession session, AuthenticationSessionModel signIn) {
        return isAllowed(session, signIn)
                ? Optional.empty()
                : Optional.of(new ApplicationAnswer(session, signIn, SignInProvider.OWN_LOGIN_PAGE).notAllowed());
    }

    static boolean isAllowed(KeycloakSession session, AuthenticationSessionModel signIn) {
        return SignInProvider.isNoSignIn(signIn)
                || !OptIn.concerns(signIn)
                || ApplicationRules.INSTANCE.allows(session, signIn.getClient(), SignInProvider.OWN_LOGIN_PAGE);
    }
}
