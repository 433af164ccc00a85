package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import java.util.List;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.social.github.GitHubIdentityProvider;
import org.keycloak.social.github.GitHubIdentityProviderFactory;

/** Takes the place of Keycloak's factory for GitHub providers, under its name. */
public final class ApplicationGitHubProviderFactory extends GitHubIdentityProviderFactory
        implements ReplacingProviderFactory<GitHubIdentityProvider> {

    @Override
    public GitHubIdentityProvider create(KeycloakSession session, IdentityProviderModel provider) {
        return new ApplicationGitHubProvider(session, provider, new OAuth2IdentityProviderConfig(provider));
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return AuthorizationUrlSetting.with(super.getConfigProperties());
    }
}
