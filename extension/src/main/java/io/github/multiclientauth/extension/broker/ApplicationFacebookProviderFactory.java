package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import java.util.List;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.social.facebook.FacebookIdentityProvider;
import org.keycloak.social.facebook.FacebookIdentityProviderConfig;
import org.keycloak.social.facebook.FacebookIdentityProviderFactory;

/** Takes the place of Keycloak's factory for Facebook providers, under its name. */
public final class ApplicationFacebookProviderFactory extends FacebookIdentityProviderFactory
        implements ReplacingProviderFactory<FacebookIdentityProvider> {

    @Override
    public FacebookIdentityProvider create(KeycloakSession session, IdentityProviderModel provider) {
        return new ApplicationFacebookProvider(session, provider, new FacebookIdentityProviderConfig(provider));
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return AuthorizationUrlSetting.with(super.getConfigProperties());
    }
}
