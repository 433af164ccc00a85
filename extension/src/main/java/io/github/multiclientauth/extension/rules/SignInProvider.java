package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.OwnLogin;
import io.github.multiclientauth.extension.broker.ProviderSiblings;
import io.github.multiclientauth.extension.broker.RealmProviders;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.events.Details;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * With which provider somebody signed in, by the name that rules and tokens use: that of the shared provider where an
 * application's own took over, and {@value #OWN_LOGIN_PAGE} for Keycloak's own login page.
 */
public final class SignInProvider {

    public static final String OWN_LOGIN_PAGE = OwnLogin.NAME;

    /** Where Keycloak notes the provider of a session that began with a token of that provider (token exchange). */
    private static final String EXTERNAL_PROVIDER = "EXTERNAL_IDENTITY_PROVIDER";

    private SignInProvider() {}

    /** Of a session. It may have been begun at another client than this one, with that client's own provider. */
    public static String of(KeycloakSession session, UserSessionModel userSession, ClientModel client) {
        return ofIdentityProvider(session, userSession, client).orElse(OWN_LOGIN_PAGE);
    }

    /** Empty if the session has none. It says nothing then of how it came about. */
    static Optional<String> ofIdentityProvider(
            KeycloakSession session, UserSessionModel userSession, ClientModel client) {
        return Stream.of(Details.IDENTITY_PROVIDER, EXTERNAL_PROVIDER)
                .map(userSession::getNote)
                .filter(alias -> alias != null && !alias.isEmpty())
                .findFirst()
                .map(alias -> base(session, alias, userSession, client));
    }

    /** Of a sign-in that is about to end well. */
    static String of(KeycloakSession session, AuthenticationSessionModel signIn) {
        String present = signIn.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
        if (present != null && !isSingleSignOn(signIn)) {
            return RealmProviders.siblings(session)
                    .base(present, signIn.getClient().getClientId());
        }
        // Whoever had to sign in again, and did so without a provider, gave a password; the session still has the note
        // of the provider that it was begun with.
        if (present == null && "true".equals(signIn.getAuthNote(AuthenticationManager.FORCED_REAUTHENTICATION))) {
            return OWN_LOGIN_PAGE;
        }
        return Optional.ofNullable(session.sessions()
                        .getUserSession(
                                signIn.getRealm(), signIn.getParentSession().getId()))
                .map(userSession -> of(session, userSession, signIn.getClient()))
                .orElse(OWN_LOGIN_PAGE);
    }

    /** Whether the browser's session was enough. Linking an account may have noted another provider by now. */
    static boolean isSingleSignOn(AuthenticationSessionModel signIn) {
        return Boolean.parseBoolean(signIn.getAuthNote(AuthenticationManager.SSO_AUTH));
    }

    /** Somebody has followed a link in an e-mail, in whatever browser, and will only see that something is done. */
    static boolean isNoSignIn(AuthenticationSessionModel signIn) {
        return signIn.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS) != null;
    }

    /**
     * Whether no browser takes part: a direct access grant, which an administrator has to allow at the client, and whose
     * tokens have no origin. A device has no redirect URI either, but its person signs in with a browser.
     */
    static boolean isWithoutABrowser(AuthenticationSessionModel signIn) {
        return signIn.getRedirectUri() == null && !DeviceGrantType.isOAuth2DeviceVerificationFlow(signIn);
    }

    /** Whether the provider that the person has just come from has been switched off since they went there. */
    static boolean isOfDisabledProvider(KeycloakSession session, AuthenticationSessionModel signIn) {
        String present = signIn.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
        if (present == null || isSingleSignOn(signIn)) {
            return false;
        }
        IdentityProviderModel provider = session.identityProviders().getByAlias(present);
        return provider == null || !provider.isEnabled();
    }

    private static String base(
            KeycloakSession session, String alias, UserSessionModel userSession, ClientModel client) {
        ProviderSiblings siblings = RealmProviders.siblings(session);
        return Stream.concat(
                        Stream.of(client),
                        userSession.getAuthenticatedClientSessions().values().stream()
                                .map(clientSession -> clientSession.getClient()))
                .map(ClientModel::getClientId)
                .map(clientId -> siblings.base(alias, clientId))
                .filter(base -> !base.equals(alias))
                .findFirst()
                .orElse(alias);
    }
}
