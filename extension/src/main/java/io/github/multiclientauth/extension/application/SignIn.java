package io.github.multiclientauth.extension.application;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.Action;

/** What Keycloak's authentication session says about a sign-in, of whatever client. */
public final class SignIn {

    private SignIn() {}

    /** The sign-in that the present request belongs to. Signing out has an authentication session as well, and is no sign-in. */
    public static Optional<AuthenticationSessionModel> current(KeycloakSession session) {
        return Optional.ofNullable(session)
                .map(present -> present.getContext().getAuthenticationSession())
                .filter(present -> !Action.LOGGING_OUT.name().equals(present.getAction()));
    }

    /** Whether the browser's session was enough. Linking an account may have noted another provider by now. */
    public static boolean isSingleSignOn(AuthenticationSessionModel signIn) {
        return Boolean.parseBoolean(signIn.getAuthNote(AuthenticationManager.SSO_AUTH));
    }

    /**
     * Whether the person has only followed a link in an e-mail, in any browser, and will see a page that confirms it
     * and no application.
     */
    public static boolean isEmailActionOnly(AuthenticationSessionModel signIn) {
        return signIn.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS) != null;
    }

    /**
     * Whether no browser takes part: a direct access grant, which an administrator has to allow at the client, and whose tokens have no
     * origin. A device has no redirect URI either, but its person signs in with a browser.
     */
    public static boolean isWithoutBrowser(AuthenticationSessionModel signIn) {
        return signIn.getRedirectUri() == null && !DeviceGrantType.isOAuth2DeviceVerificationFlow(signIn);
    }
}
