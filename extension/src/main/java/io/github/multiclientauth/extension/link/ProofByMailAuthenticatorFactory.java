package io.github.multiclientauth.extension.link;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's factory of the step "Verify Existing Account By Email", under its name. */
public final class ProofByMailAuthenticatorFactory extends IdpEmailVerificationAuthenticatorFactory
        implements ReplacingProviderFactory<Authenticator> {

    private static final Authenticator AUTHENTICATOR = new ProofByMailAuthenticator();

    @Override
    public Authenticator create(KeycloakSession session) {
        return AUTHENTICATOR;
    }
}
