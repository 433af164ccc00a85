package io.github.multiclientauth.extension.decision;

import java.util.Objects;

/**
 * A person at a provider, for whom a link in an e-mail was sent.
 *
 * @param provider the alias of the provider
 * @param id the person's id there; {@code null} if the provider or Keycloak's version does not say it
 * @param username the person's user name there
 */
public record Newcomer(String provider, String id, String username) {

    /** Whether both are the same person. Ids count only if both have one. */
    public boolean isSameAs(Newcomer other) {
        return Objects.equals(provider, other.provider)
                && Objects.equals(username, other.username)
                && (id == null || other.id == null || id.equals(other.id));
    }
}
