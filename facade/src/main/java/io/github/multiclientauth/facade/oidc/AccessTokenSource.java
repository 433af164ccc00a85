package io.github.multiclientauth.facade.oidc;

import io.github.multiclientauth.facade.client.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keycloak as the issuer of access tokens for sessions. Every call may block for as long as the configured time-outs
 * allow: never call it on an event loop.
 */
@FunctionalInterface
public interface AccessTokenSource {

    /** Asks for a new access token. */
    Answer ask(Question question);

    /**
     * A question for the token of one session.
     *
     * @param confirmedAt when Keycloak last said that the session is alive, by Keycloak's clock
     * @param jkt the thumbprint of the key that the token is bound to (RFC 9449, section 6.1); empty for none
     */
    record Question(ClientId client, String sid, Instant confirmedAt, Optional<String> jkt) {}

    /** Keycloak's answer. */
    sealed interface Answer {

        /** The value of the function for this case. */
        <T> T match(
                Function<Issued, T> issued,
                Function<Refused, T> refused,
                Function<Ended, T> ended,
                Function<Unknown, T> unknown);

        /**
         * A new token.
         *
         * @param type {@code Bearer} or {@code DPoP}
         * @param at when Keycloak checked the session, by Keycloak's clock
         * @param life how long the token can be used
         * @param scope as RFC 6749, section 3.3, has it
         * @param subject {@code sub} of the session's ID token
         */
        record Issued(String value, String type, Instant at, Duration life, String scope, String subject)
                implements Answer {
            @Override
            public <T> T match(
                    Function<Issued, T> issued,
                    Function<Refused, T> refused,
                    Function<Ended, T> ended,
                    Function<Unknown, T> unknown) {
                return issued.apply(this);
            }

            /** Keeps the token out of messages. */
            @Override
            public String toString() {
                return "Issued[***]";
            }
        }

        /**
         * The session is alive, and the administrator's settings allow no token.
         *
         * @param reason for the operator
         */
        record Refused(String reason) implements Answer {
            @Override
            public <T> T match(
                    Function<Issued, T> issued,
                    Function<Refused, T> refused,
                    Function<Ended, T> ended,
                    Function<Unknown, T> unknown) {
                return refused.apply(this);
            }
        }

        /**
         * The session is over, for example signed out, idle, or the user was disabled.
         *
         * @param reason for the operator
         */
        record Ended(String reason) implements Answer {
            @Override
            public <T> T match(
                    Function<Issued, T> issued,
                    Function<Refused, T> refused,
                    Function<Ended, T> ended,
                    Function<Unknown, T> unknown) {
                return ended.apply(this);
            }
        }

        /**
         * Keycloak did not answer, or refused the facade itself.
         *
         * @param reason for the operator
         */
        record Unknown(String reason) implements Answer {
            @Override
            public <T> T match(
                    Function<Issued, T> issued,
                    Function<Refused, T> refused,
                    Function<Ended, T> ended,
                    Function<Unknown, T> unknown) {
                return unknown.apply(this);
            }
        }
    }
}
