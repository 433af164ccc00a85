package io.github.multiclientauth.extension.application;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** Reads the cookie of the browser's single sign-on session. */
public final class SsoCookie {

    private SsoCookie() {}

    /** @return the session that can sign the person in now; empty if it has expired or there is none */
    public static Optional<UserSessionModel> activeSession(KeycloakSession session, RealmModel realm) {
        return read(session, realm, true);
    }

    /** @return the session of the browser, also if the token in the cookie has expired */
    public static Optional<UserSessionModel> anySession(KeycloakSession session, RealmModel realm) {
        return read(session, realm, false);
    }

    // Keycloak 26.5 made AuthResult a record and deprecated its getters. Older versions have nothing else.
    @SuppressWarnings("removal")
    private static Optional<UserSessionModel> read(KeycloakSession session, RealmModel realm, boolean active) {
        return Optional.ofNullable(AuthenticationManager.authenticateIdentityCookie(session, realm, active))
                .map(AuthenticationManager.AuthResult::getSession);
    }
}
