package io.github.multiclientauth.facade.event;

import java.util.Objects;
import java.util.Optional;

/**
 * The user of an event, and the user's session at Keycloak.
 *
 * @param subject Keycloak's id of the user as the application sees it: of a client with pairwise subjects, not the id in
 *     Keycloak's console
 * @param sid Keycloak's id of the session, which does not belong into any output as it is
 * @param provider the alias with which the user signed in
 */
public record Actor(String subject, String sid, String provider, Optional<String> username, Optional<String> email) {

    public Actor {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(sid, "sid");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(email, "email");
    }

    /** Keeps the session and the user's data out of messages. */
    @Override
    public String toString() {
        return "Actor[***]";
    }
}
