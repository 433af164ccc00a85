package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import java.util.List;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.social.linkedin.LinkedInOIDCIdentityProvider;
import org.keycloak.social.linkedin.LinkedInOIDCIdentityProviderFactory;

/** Takes the place of Keycloak's factory for LinkedIn providers, under its name. */
public final class ApplicationLinkedInProviderFactory extends LinkedInOIDCIdentityProviderFactory
        implements ReplacingProviderFactory<LinkedInOIDCIdentityProvider> {

    @Override
    public LinkedInOIDCIdentityProvider create(KeycloakSession session, IdentityProviderModel provider) {
        // Keycloak's own instance, thrown away at once: only its factory knows LinkedIn's addresses.
        return new ApplicationLinkedInProvider(
                session, provider, super.create(session, provider).getConfig());
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return AuthorizationUrlSetting.with(super.getConfigProperties());
    }
}
