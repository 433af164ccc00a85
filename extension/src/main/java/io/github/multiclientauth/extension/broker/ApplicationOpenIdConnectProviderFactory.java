package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** Takes the place of Keycloak's factory for OpenID Connect providers, under its name. */
public final class ApplicationOpenIdConnectProviderFactory extends OIDCIdentityProviderFactory
        implements ReplacingProviderFactory<OIDCIdentityProvider> {

    @Override
    public OIDCIdentityProvider create(KeycloakSession session, IdentityProviderModel provider) {
        return new ApplicationOpenIdConnectProvider(session, provider, new OIDCIdentityProviderConfig(provider));
    }
}
