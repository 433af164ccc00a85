package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import io.github.multiclientauth.extension.application.SignIn;
import io.github.multiclientauth.extension.provider.OwnLogin;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether people of an application may get an account, or a new password, on Keycloak's own pages. Where the rule names identity providers
 * only, the end of the sign-in would refuse them, but by then there would be an account with a password.
 */
public final class OwnLoginRules {

    private OwnLoginRules() {}

    /** What the application is told; empty if there is nothing to refuse. */
    public static Optional<Response> refusal(KeycloakSession session, AuthenticationSessionModel signIn) {
        return forbidding(session, signIn).map(application -> application.refuse(OwnLogin.NAME));
    }

    static boolean isAllowed(KeycloakSession session, AuthenticationSessionModel signIn) {
        return forbidding(session, signIn).isEmpty();
    }

    private static Optional<Application> forbidding(KeycloakSession session, AuthenticationSessionModel signIn) {
        return SignIn.isEmailActionOnly(signIn)
                ? Optional.empty()
                : Application.of(session, signIn).filter(application -> !application.mayUseOwnLogin());
    }
}
