package io.github.multiclientauth.extension.decision;

import java.util.Objects;

/**
 * Who waits for a click in a mail, or was to wait for it.
 *
 * @param provider the alias of the provider that they came with
 * @param id by which Keycloak knows them there; {@code null} if the provider or Keycloak's version does not say
 * @param username what the provider calls them
 */
public record Newcomer(String provider, String id, String username) {

    public boolean isSameAs(Newcomer other) {
        return Objects.equals(provider, other.provider)
                && Objects.equals(username, other.username)
                && (id == null || other.id == null || id.equals(other.id));
    }
}
