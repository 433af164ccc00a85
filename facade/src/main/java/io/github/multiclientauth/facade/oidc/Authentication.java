package io.github.multiclientauth.facade.oidc;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How and when a user proved who they are, as Keycloak said at the sign-in. Confirmations of the session do not change it.
 *
 * @param acr the level: a name of Keycloak's <em>ACR to LoA Mapping</em>, or a number
 * @param time when the user last authenticated at Keycloak, in whole seconds of its clock ({@code auth_time})
 * @param methods {@code amr}. Keycloak has it only with a mapper
 * @param actor the administrator who impersonates the user
 * @param demanded whether the application demanded a level or an age
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core 1.0, section 2</a>
 */
public record Authentication(
        Optional<String> acr, Optional<Instant> time, List<String> methods, Optional<Actor> actor, boolean demanded) {

    /** An authentication of which the ID token says nothing. */
    public static final Authentication UNKNOWN =
            new Authentication(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), false);

    /**
     * Somebody who acts as the user.
     *
     * @param id Keycloak's id of that administrator
     */
    public record Actor(String id, Optional<String> name) {
        public Actor {
            Objects.requireNonNull(id, "id");
        }
    }

    public Authentication {
        methods = List.copyOf(methods);
    }

    Authentication withoutMethods() {
        return new Authentication(acr, time, List.of(), actor, demanded);
    }

    /** The same authentication, which the application has demanded. */
    Authentication asDemanded() {
        return new Authentication(acr, time, methods, actor, true);
    }
}
