package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.broker.ProviderSiblings.Summary;
import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** The identity providers of a realm. */
public final class RealmProviders {

    private RealmProviders() {}

    /** Who belongs to which application in the realm that the session is about. */
    public static ProviderSiblings siblings(KeycloakSession session) {
        return new ProviderSiblings(
                alias -> Optional.ofNullable(session.identityProviders().getByAlias(alias))
                        .map(RealmProviders::summary));
    }

    private static Summary summary(IdentityProviderModel provider) {
        return new Summary(
                provider.getAlias(),
                ProviderServer.of(provider.getProviderId(), provider.getConfig()),
                provider.isEnabled());
    }
}
