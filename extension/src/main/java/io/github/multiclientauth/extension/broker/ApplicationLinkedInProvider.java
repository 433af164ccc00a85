package io.github.multiclientauth.extension.broker;

import jakarta.ws.rs.core.Response;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.social.linkedin.LinkedInOIDCIdentityProvider;

/** Keycloak's provider for LinkedIn, on the terms of the application that signs in. */
final class ApplicationLinkedInProvider extends LinkedInOIDCIdentityProvider {

    private final ApplicationTerms terms;

    ApplicationLinkedInProvider(
            KeycloakSession session, IdentityProviderModel provider, OIDCIdentityProviderConfig config) {
        super(session, config);
        this.terms = new ApplicationTerms(session, provider);
    }

    @Override
    public OIDCIdentityProviderConfig getConfig() {
        return ApplicationTerms.applied(terms, super.getConfig());
    }

    @Override
    public Response performLogin(AuthenticationRequest request) {
        return terms.performLogin(request, super.getConfig(), super::performLogin);
    }

    @Override
    public BrokeredIdentityContext getFederatedIdentity(String response) {
        return terms.identity(response, super::getFederatedIdentity);
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        terms.accept(() -> super.preprocessFederatedIdentity(session, realm, context));
    }
}
