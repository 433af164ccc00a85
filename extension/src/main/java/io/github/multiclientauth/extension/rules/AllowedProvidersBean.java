package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ProviderSiblings;
import io.github.multiclientauth.extension.broker.RealmProviders;
import java.util.List;
import org.keycloak.forms.login.freemarker.model.IdentityProviderBean;
import org.keycloak.models.ClientModel;

/**
 * Keycloak's list of identity providers for a page, without those that the application may not use, and with the
 * application's own one in the place of a shared one. Public, since templates read it.
 */
public final class AllowedProvidersBean extends IdentityProviderBean {

    private final IdentityProviderBean all;
    private final ClientModel client;

    AllowedProvidersBean(IdentityProviderBean all, ClientModel client) {
        super(all.getSession(), all.getRealm(), all.getBaseURI(), all.getFlowContext());
        this.all = all;
        this.client = client;
    }

    @Override
    public List<IdentityProvider> getProviders() {
        List<IdentityProvider> listed = all.getProviders();
        if (listed == null) {
            return List.of();
        }
        ProviderSiblings siblings = RealmProviders.siblings(session);
        String clientId = client.getClientId();
        return listed.stream()
                .filter(provider ->
                        ApplicationRules.INSTANCE.allows(session, client, siblings.base(provider.getAlias(), clientId)))
                .map(provider -> serving(provider, siblings.serving(provider.getAlias(), clientId)))
                .toList();
    }

    private IdentityProvider serving(IdentityProvider listed, String alias) {
        return alias.equals(listed.getAlias())
                ? listed
                : createIdentityProvider(
                        realm, baseURI, session.identityProviders().getByAlias(alias));
    }
}
