package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.broker.Loan.Granted;
import io.github.multiclientauth.extension.broker.Loan.Reason;
import io.github.multiclientauth.extension.broker.Loan.Refused;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/**
 * What differs in a provider's configuration for the sign-ins of one client that has opted in.
 *
 * @param provider as the administrator has configured it
 */
record OwnConfiguration(KeycloakSession session, IdentityProviderModel provider, ClientModel client) {

    /** @param config a copy for this sign-in alone, with the addresses that Keycloak's provider has put in */
    void applyTo(OAuth2IdentityProviderConfig config) {
        RealmProviders.siblings(session)
                .lender(provider.getAlias(), client.getClientId())
                .map(lender -> session.identityProviders().getByAlias(lender.alias()))
                .ifPresent(lender -> borrow(lender, config));
        applyAuthorizationUrl(config);
    }

    private void borrow(IdentityProviderModel lender, OAuth2IdentityProviderConfig config) {
        Loan loan = new LendingPolicy(provider.getProviderId()).decide(lender.getConfig(), config.getConfig());
        if (loan instanceof Granted granted) {
            BrokerLog.LOG.lent(client.getClientId(), realm(), lender.getAlias());
            granted.applyTo(config.getConfig());
        } else if (loan instanceof Refused refused && refused.reason() != Reason.NO_CLIENT_ID) {
            BrokerLog.LOG.notLent(lender.getAlias(), realm(), refused.reason());
        }
    }

    private void applyAuthorizationUrl(OAuth2IdentityProviderConfig config) {
        String configured = provider.getConfig().get(AuthorizationUrl.KEY);
        if (configured == null || configured.isBlank()) {
            return;
        }
        AuthorizationUrl.of(configured)
                .ifPresentOrElse(
                        config::setAuthorizationUrl,
                        () -> BrokerLog.LOG.authorizationUrlIgnored(provider.getAlias(), realm()));
    }

    private String realm() {
        return session.getContext().getRealm().getName();
    }
}
