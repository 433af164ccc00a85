package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.application.ClientProviders;
import io.github.multiclientauth.extension.provider.AuthorizationUrl;
import io.github.multiclientauth.extension.provider.LendingPolicy;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Granted;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Reason;
import io.github.multiclientauth.extension.provider.LendingPolicy.Loan.Refused;
import io.github.multiclientauth.extension.provider.ProviderSiblings;
import io.github.multiclientauth.extension.provider.ProviderSiblings.Summary;
import java.util.Optional;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/**
 * The differences in a provider's configuration for one client that has opted in.
 *
 * @param provider as the administrator has configured it
 */
record OwnConfiguration(KeycloakSession session, IdentityProviderModel provider, String clientId) {

    /**
     * Changes the configuration for a sign-in.
     *
     * @param config a copy for this sign-in alone, with the addresses that Keycloak's provider has put in
     * @return whether the credentials are not the shared ones
     */
    boolean applyTo(OAuth2IdentityProviderConfig config) {
        applyAuthorizationUrl(config);
        return borrow(siblings().lender(provider.getAlias(), clientId), config);
    }

    /**
     * Changes the configuration for tokens of an earlier sign-in. The sibling may have been enabled since then: its
     * OAuth app is the same.
     *
     * @param config a copy, perhaps with the credentials that another client has borrowed
     */
    void applyCredentialsTo(OAuth2IdentityProviderConfig config) {
        policy().credentials(provider.getConfig()).applyTo(config.getConfig());
        borrow(siblings().creditor(provider.getAlias(), clientId), config);
    }

    private boolean borrow(Optional<Summary> sibling, OAuth2IdentityProviderConfig config) {
        return sibling.map(lender -> session.identityProviders().getByAlias(lender.alias()))
                .map(lender -> borrow(lender, config))
                .orElse(false);
    }

    private boolean borrow(IdentityProviderModel lender, OAuth2IdentityProviderConfig config) {
        Loan loan = policy().decide(lender.getConfig(), config.getConfig());
        if (loan instanceof Granted granted) {
            BrokerLog.LOG.lent(clientId, realm(), lender.getAlias());
            granted.applyTo(config.getConfig());
            return true;
        }
        if (loan instanceof Refused refused && refused.reason() != Reason.NO_CLIENT_ID) {
            BrokerLog.LOG.notLent(lender.getAlias(), realm(), refused.reason());
        }
        return false;
    }

    private ProviderSiblings siblings() {
        return ClientProviders.siblings(session);
    }

    private LendingPolicy policy() {
        return new LendingPolicy(provider.getProviderId());
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
