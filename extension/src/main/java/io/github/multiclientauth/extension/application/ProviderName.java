package io.github.multiclientauth.extension.application;

import java.util.Map;
import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The name of an identity provider for people: as the administrator has entered it, otherwise its usual name, otherwise
 * Keycloak's.
 */
public final class ProviderName {

    /** The usual names, by alias and by type. Keycloak names LinkedIn after its protocol, and Auth0 has no type of its own. */
    private static final Map<String, String> USUAL = Map.of(
            "github", "GitHub",
            "google", "Google",
            "facebook", "Facebook",
            "linkedin", "LinkedIn",
            "linkedin-openid-connect", "LinkedIn",
            "auth0", "Auth0");

    private ProviderName() {}

    /** The name for pages, log and directory. */
    public static String of(KeycloakSession session, IdentityProviderModel provider) {
        return Optional.ofNullable(provider.getDisplayName())
                .filter(name -> !name.isBlank())
                .or(() -> Optional.ofNullable(USUAL.get(provider.getProviderId())))
                .or(() -> Optional.ofNullable(USUAL.get(provider.getAlias())))
                .orElseGet(() -> KeycloakModelUtils.getIdentityProviderDisplayName(session, provider));
    }
}
