package io.github.multiclientauth.extension.application;

import java.util.Optional;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keeps the identity provider with which a person signed in to this client, in a client note like that of {@link
 * ClientOriginNote}.
 *
 * <p>Keycloak itself notes the provider for the whole user session. Signing in again with another one at one
 * application would change what all others are told.
 */
public final class ProviderNote {

    private static final String NAME = "multi-client-auth.provider";

    private ProviderNote() {}

    /** @param provider its name in tokens */
    public static void write(AuthenticationSessionModel signIn, String provider) {
        signIn.setClientNote(NAME, provider);
    }

    /** Empty without a browser sign-in of this client, or if the realm has not enabled our required action. */
    public static Optional<String> read(AuthenticatedClientSessionModel clientSession) {
        return Optional.ofNullable(clientSession.getNote(NAME)).filter(provider -> !provider.isEmpty());
    }
}
