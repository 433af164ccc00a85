package io.github.multiclientauth.facade.session;

import java.time.Instant;
import java.util.function.Function;

/** The answer to who wants an access token of a session. */
public sealed interface AccessToken {

    /** The value of the function for this case. */
    <T> T match(
            Function<Issued, T> issued,
            Function<Refused, T> refused,
            Function<Ended, T> ended,
            Function<Unavailable, T> unavailable);

    /**
     * A token that can be used now.
     *
     * @param type {@code Bearer} or {@code DPoP}
     * @param expiresAt by Keycloak's clock
     * @param scope as RFC 6749, section 3.3, has it; may be empty
     */
    record Issued(String value, String type, Instant expiresAt, String scope) implements AccessToken {
        @Override
        public <T> T match(
                Function<Issued, T> issued,
                Function<Refused, T> refused,
                Function<Ended, T> ended,
                Function<Unavailable, T> unavailable) {
            return issued.apply(this);
        }

        /** Keeps the token out of messages. */
        @Override
        public String toString() {
            return "Issued[***]";
        }
    }

    /**
     * The settings in Keycloak allow none.
     *
     * @param reason for the operator
     */
    record Refused(String reason) implements AccessToken {
        @Override
        public <T> T match(
                Function<Issued, T> issued,
                Function<Refused, T> refused,
                Function<Ended, T> ended,
                Function<Unavailable, T> unavailable) {
            return refused.apply(this);
        }
    }

    /**
     * The session is over.
     *
     * @param reason for the operator
     */
    record Ended(String reason) implements AccessToken {
        @Override
        public <T> T match(
                Function<Issued, T> issued,
                Function<Refused, T> refused,
                Function<Ended, T> ended,
                Function<Unavailable, T> unavailable) {
            return ended.apply(this);
        }
    }

    /**
     * Keycloak cannot be asked at the moment.
     *
     * @param reason for the operator
     */
    record Unavailable(String reason) implements AccessToken {
        @Override
        public <T> T match(
                Function<Issued, T> issued,
                Function<Refused, T> refused,
                Function<Ended, T> ended,
                Function<Unavailable, T> unavailable) {
            return unavailable.apply(this);
        }
    }
}
