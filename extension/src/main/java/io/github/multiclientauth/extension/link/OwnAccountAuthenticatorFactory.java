package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpCreateUserIfUniqueAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's factory of the step "Create User If Unique", under its name. */
public final class OwnAccountAuthenticatorFactory extends IdpCreateUserIfUniqueAuthenticatorFactory
        implements ReplacingProviderFactory<Authenticator> {

    private static final Authenticator AUTHENTICATOR = new OwnAccountAuthenticator();

    @Override
    public Authenticator create(KeycloakSession session) {
        return AUTHENTICATOR;
    }
}
