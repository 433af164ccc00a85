package io.github.multiclientauth.facade.client;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A way to sign in: the alias of an identity provider of the realm, or {@code keycloak} for Keycloak's own login page.
 *
 * <p>Two providers are equal if their aliases are. The display name may change during a sign-in.
 *
 * @param alias as in {@code /api/auth/signin/<alias>}
 * @param displayName the name that users see
 */
public record Provider(String alias, String displayName) {

    /** The alias that stands for Keycloak's own login page. */
    public static final String KEYCLOAK = "keycloak";

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");
    private static final Set<String> PLAIN_OAUTH = Set.of("github", "facebook");
    private static final Map<String, String> NAMES = Map.of(
            "github",
            "GitHub",
            "google",
            "Google",
            "facebook",
            "Facebook",
            "linkedin",
            "LinkedIn",
            "auth0",
            "Auth0",
            KEYCLOAK,
            "Keycloak");

    public Provider {
        Objects.requireNonNull(alias, "alias");
        Objects.requireNonNull(displayName, "displayName");
        if (!isAlias(alias)) {
            throw new IllegalArgumentException("Not the alias of an identity provider");
        }
    }

    /** Makes a provider with its usual name, or its alias if there is none. */
    public Provider(String alias) {
        this(alias, NAMES.getOrDefault(Objects.requireNonNull(alias, "alias"), alias));
    }

    /** Whether a provider can have this alias. It appears in paths, redirect URIs and log lines. */
    public static boolean isAlias(String text) {
        return ALIAS.matcher(text).matches();
    }

    /** The type {@code oauth} or {@code oidc}, as Auth.js lists it. Its clients read it. */
    public String type() {
        return PLAIN_OAUTH.contains(alias) ? "oauth" : "oidc";
    }

    /** The value of {@code kc_idp_hint}; empty if Keycloak's own login page is meant. */
    public Optional<String> hint() {
        return alias.equals(KEYCLOAK) ? Optional.empty() : Optional.of(alias);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Provider provider && alias.equals(provider.alias);
    }

    @Override
    public int hashCode() {
        return alias.hashCode();
    }

    @Override
    public String toString() {
        return alias;
    }
}
