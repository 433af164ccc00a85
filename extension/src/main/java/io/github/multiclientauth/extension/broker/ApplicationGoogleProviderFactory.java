package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import java.util.List;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.social.google.GoogleIdentityProvider;
import org.keycloak.social.google.GoogleIdentityProviderConfig;
import org.keycloak.social.google.GoogleIdentityProviderFactory;

/** Takes the place of Keycloak's factory for Google providers, under its name. */
public final class ApplicationGoogleProviderFactory extends GoogleIdentityProviderFactory
        implements ReplacingProviderFactory<GoogleIdentityProvider> {

    @Override
    public GoogleIdentityProvider create(KeycloakSession session, IdentityProviderModel provider) {
        return new ApplicationGoogleProvider(session, provider, new GoogleIdentityProviderConfig(provider));
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return AuthorizationUrlSetting.with(super.getConfigProperties());
    }
}
