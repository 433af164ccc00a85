package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.compatibility.ReplacingProviderFactory;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.social.google.GoogleIdentityProvider;
import org.keycloak.social.google.GoogleIdentityProviderConfig;
import org.keycloak.social.google.GoogleIdentityProviderFactory;

/** Keycloak's provider for Google, on the terms of the application that signs in. */
public final class ApplicationGoogleProvider extends GoogleIdentityProvider {

    private final ApplicationTerms terms;

    ApplicationGoogleProvider(
            KeycloakSession session, IdentityProviderModel provider, GoogleIdentityProviderConfig config) {
        super(session, config);
        this.terms = new ApplicationTerms(session, provider, config);
    }

    @Override
    public OIDCIdentityProviderConfig getConfig() {
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
    public void authenticationFinished(AuthenticationSessionModel signIn, BrokeredIdentityContext context) {
        super.authenticationFinished(signIn, context);
        terms.tokens().noted(signIn, context);
        terms.finish(signIn, context);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession session, RealmModel realm, UserModel user, BrokeredIdentityContext context) {
        terms.update(user, context, () -> super.updateBrokeredUser(session, realm, user, context));
    }

    @Override
    public Response retrieveToken(KeycloakSession session, FederatedIdentityModel link) {
        return terms.tokens().retrieve(link, () -> super.retrieveToken(session, link));
    }

    @Override
    protected Response exchangeStoredToken(
            UriInfo uri, EventBuilder event, ClientModel client, UserSessionModel userSession, UserModel user) {
        return terms.tokens()
                .exchangeStored(user, () -> super.exchangeStoredToken(uri, event, client, userSession, user));
    }

    @Override
    protected Response exchangeSessionToken(
            UriInfo uri, EventBuilder event, ClientModel client, UserSessionModel userSession, UserModel user) {
        return terms.tokens()
                .exchangeOfSession(
                        userSession, user, () -> super.exchangeSessionToken(uri, event, client, userSession, user));
    }

    @Override
    public void backchannelLogout(
            KeycloakSession session, UserSessionModel userSession, UriInfo uri, RealmModel realm) {
        terms.tokens().signOut(userSession, () -> {
            super.backchannelLogout(session, userSession, uri, realm);
            return null;
        });
    }

    @Override
    public Response keycloakInitiatedBrowserLogout(
            KeycloakSession session, UserSessionModel userSession, UriInfo uri, RealmModel realm) {
        return terms.tokens()
                .signOut(userSession, () -> super.keycloakInitiatedBrowserLogout(session, userSession, uri, realm));
    }

    /** Takes the place of Keycloak's factory for Google providers, under its name. */
    public static final class Factory extends GoogleIdentityProviderFactory
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
}
