package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.social.facebook.FacebookIdentityProvider;
import org.keycloak.social.facebook.FacebookIdentityProviderConfig;
import org.keycloak.social.facebook.FacebookIdentityProviderFactory;

/** Keycloak's provider for Facebook, on the terms of the application that signs in. */
public final class ApplicationFacebookProvider extends FacebookIdentityProvider {

    private final ApplicationTerms terms;

    ApplicationFacebookProvider(
            KeycloakSession session, IdentityProviderModel provider, FacebookIdentityProviderConfig config) {
        super(session, config);
        this.terms = new ApplicationTerms(session, provider, config);
    }

    @Override
    public FacebookIdentityProviderConfig getConfig() {
        return ApplicationTerms.applied(terms, super.getConfig());
    }

    @Override
    public Response performLogin(AuthenticationRequest request) {
        return terms.performLogin(request, super::performLogin);
    }

    @Override
    public BrokeredIdentityContext getFederatedIdentity(String response) {
        return terms.identity(response, super::getFederatedIdentity);
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        terms.accept(context, () -> super.preprocessFederatedIdentity(session, realm, context));
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession session, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        terms.update(user, context, () -> super.updateBrokeredUser(session, realm, user, context));
    }

    @Override
    public void authenticationFinished(AuthenticationSessionModel signIn, BrokeredIdentityContext context) {
        super.authenticationFinished(signIn, context);
        terms.finish(signIn, context);
    }

    @Override
    public Response retrieveToken(KeycloakSession session, FederatedIdentityModel link) {
        return terms.tokens().retrieve(link, () -> super.retrieveToken(session, link));
    }

    /** Takes the place of Keycloak's factory for Facebook providers, under its name. */
    public static final class Factory extends FacebookIdentityProviderFactory
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
}
