package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.oidc.Identity;
import java.time.Instant;
import java.util.Objects;

/**
 * A person's session at an application.
 *
 * @param signedInAt when the sign-in was finished; refreshes do not change it
 * @param checkedAt when Keycloak last confirmed the session
 * @param endsAt when it ends unless Keycloak extends it
 */
public record Session(Identity identity, Instant signedInAt, Instant checkedAt, Instant endsAt) {

    public Session {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(signedInAt, "signedInAt");
        Objects.requireNonNull(checkedAt, "checkedAt");
        Objects.requireNonNull(endsAt, "endsAt");
    }

    boolean isOfSamePersonAs(Session other) {
        return identity.subject().equals(other.identity.subject());
    }

    /** Whether it began later; or at the same time, and was checked later. */
    boolean isLaterThan(Session other) {
        int begun = signedInAt.compareTo(other.signedInAt);
        return begun > 0 || begun == 0 && checkedAt.isAfter(other.checkedAt);
    }
}
