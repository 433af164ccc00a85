package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.oidc.Identity;
import java.time.Instant;
import java.util.Objects;

/**
 * Somebody is signed in.
 *
 * @param signedInAt when the sign-in was finished; refreshes do not change it
 * @param checkedAt when Keycloak last confirmed the session
 * @param endsAt when it ends unless Keycloak prolongs it
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

    /** Begun later; or the same, and checked later. */
    boolean isLaterThan(Session other) {
        int begun = signedInAt.compareTo(other.signedInAt);
        return begun > 0 || begun == 0 && checkedAt.isAfter(other.checkedAt);
    }
}
