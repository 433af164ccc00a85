package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.broker.ProviderSiblings;
import io.github.multiclientauth.extension.broker.RealmProviders;
import java.util.List;
import java.util.function.Predicate;
import org.keycloak.forms.login.freemarker.model.IdentityProviderBean;
import org.keycloak.models.ClientModel;

/**
 * Keycloak's list of identity providers for a page, without those that the application may not use, other applications' own
 * ones among them, and with the application's own one in the place of a shared one. Public, since templates read it.
 */
public final class AllowedProvidersBean extends IdentityProviderBean {

    private final IdentityProviderBean all;
    private final ClientModel client;
    private final Predicate<String> isApplication;

    /** @param isApplication whether there is a client with this id that can have identity providers of its own */
    AllowedProvidersBean(IdentityProviderBean all, ClientModel client, Predicate<String> isApplication) {
        super(all.getSession(), all.getRealm(), all.getBaseURI(), all.getFlowContext());
        this.all = all;
        this.client = client;
        this.isApplication = isApplication;
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
                .filter(provider -> !siblings.belongsToAnother(provider.getAlias(), clientId, isApplication))
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
