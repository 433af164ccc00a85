package io.github.multiclientauth.extension.rules;

import io.github.multiclientauth.extension.application.Application;
import java.util.List;
import org.keycloak.forms.login.freemarker.model.IdentityProviderBean;

/**
 * Keycloak's list of identity providers for a page, without those that the application may not use, other applications' own ones among them,
 * and with the application's own provider instead of a shared one. Public, since templates read it.
 */
public final class AllowedProvidersBean extends IdentityProviderBean {

    private final IdentityProviderBean all;
    private final Application application;

    AllowedProvidersBean(IdentityProviderBean all, Application application) {
        super(all.getSession(), all.getRealm(), all.getBaseURI(), all.getFlowContext());
        this.all = all;
        this.application = application;
    }

    @Override
    public List<IdentityProvider> getProviders() {
        List<IdentityProvider> listed = all.getProviders();
        return listed == null
                ? List.of()
                : listed.stream()
                        .filter(provider -> application.mayUse(provider.getAlias()))
                        .map(provider ->
                                serving(provider, application.providers().serving(provider.getAlias())))
                        .toList();
    }

    private IdentityProvider serving(IdentityProvider listed, String alias) {
        return alias.equals(listed.getAlias())
                ? listed
                : createIdentityProvider(
                        realm, baseURI, session.identityProviders().getByAlias(alias));
    }
}
