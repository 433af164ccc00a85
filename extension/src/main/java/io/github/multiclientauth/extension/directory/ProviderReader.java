package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.application.ProviderName;
import io.github.multiclientauth.extension.listing.RealmProvider;
import io.github.multiclientauth.extension.provider.ProviderServer;
import java.util.List;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider.LoginFilter;
import org.keycloak.models.KeycloakSession;

/**
 * Reads the identity providers of a realm. Those of an organization are left out: they are for its members, who find
 * them by their e-mail address.
 */
final class ProviderReader {

    private ProviderReader() {}

    // Keycloak 26.0 has no other way to get them all, 26.7 has deprecated this one.
    @SuppressWarnings("deprecation")
    static List<RealmProvider> read(KeycloakSession session) {
        return session.identityProviders()
                .getAllStream()
                .filter(provider -> provider.getOrganizationId() == null)
                .map(provider -> provider(session, provider))
                .toList();
    }

    private static RealmProvider provider(KeycloakSession session, IdentityProviderModel provider) {
        return new RealmProvider(
                provider.getAlias(),
                ProviderServer.of(provider.getProviderId(), provider.getConfig()),
                ProviderName.of(session, provider),
                provider.isEnabled(),
                isNot(LoginFilter.LINK_ONLY, provider),
                isNot(LoginFilter.HIDE_ON_LOGIN, provider),
                RealmProvider.positionOf(provider.getConfig().get("guiOrder")));
    }

    /** Uses the filters of the login page, since the model's own getters differ between Keycloak 26.0 and 26.7. */
    private static boolean isNot(LoginFilter filter, IdentityProviderModel provider) {
        return !filter.getFilter().test(provider);
    }
}
