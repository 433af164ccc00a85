package io.github.multiclientauth.extension.origin;

import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * With which identity provider a person signed in to this client: a client note like that of {@link ClientOriginNote}.
 *
 * <p>Keycloak itself notes the provider for the whole user session, so that signing in again with another one at one
 * application would change what all others are told.
 */
public final class ProviderNote {

    private static final String NAME = "multi-client-auth.provider";

    private ProviderNote() {}

    /** @param provider what tokens are to call it */
    public static void write(AuthenticationSessionModel signIn, String provider) {
        signIn.setClientNote(NAME, provider);
    }

    /** Empty without a browser sign-in of this client, or if the end of sign-ins is not observed in this realm. */
    public static Optional<String> read(AuthenticatedClientSessionModel clientSession) {
        return Optional.ofNullable(clientSession.getNote(NAME)).filter(provider -> !provider.isEmpty());
    }
}
