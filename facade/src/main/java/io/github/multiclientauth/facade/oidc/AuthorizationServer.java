package io.github.multiclientauth.facade.oidc;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.seal.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keycloak as the authorization server of an application's client. Every call may block for as long as the configured
 * time-outs allow: never call it on an event loop.
 */
public interface AuthorizationServer {

    /**
     * The address where the browser goes to sign in.
     *
     * @throws UnavailableException if Keycloak's metadata was never read and cannot be
     */
    URI authorizationUrl(Application application, AuthorizationRequest request);

    /**
     * The reason why an authorization response is refused: it is not from this server, or that is unknown. Empty if it
     * is from this server. {@link #redeem} makes the same check for a code.
     *
     * @param issuer the {@code iss} parameter of the authorization response
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9207#section-2.4">RFC 9207, section 2.4</a>
     */
    Optional<Redemption.Refused> issuerProblem(Optional<String> issuer);

    /**
     * Redeems an authorization code.
     *
     * @param issuer the {@code iss} parameter of the authorization response
     */
    Redemption redeem(Application application, AuthorizationCode code, Optional<String> issuer);

    /**
     * Validates a logout token.
     *
     * @param known whether a client is one of the applications. Tokens for other clients are refused
     */
    LogoutNotice logoutNotice(String token, Predicate<ClientId> known);

    /**
     * @param redirectUri the address where the code comes back
     * @param codeChallenge S256 (RFC 7636)
     * @param hint {@code kc_idp_hint}
     * @param passedOn further parameters that the application asked for
     */
    record AuthorizationRequest(
            String redirectUri,
            String clientOrigin,
            String state,
            String nonce,
            String codeChallenge,
            Optional<String> hint,
            Map<String, String> passedOn) {}

    /**
     * @param redirectUri the same as in the authorization request
     * @param nonce the nonce that the ID token must contain
     */
    record AuthorizationCode(String value, String redirectUri, Secret codeVerifier, Secret nonce) {

        @Override
        public String toString() {
            return "AuthorizationCode[***]";
        }
    }

    /** The outcome of redeeming a code. */
    sealed interface Redemption {

        /** The value of the function for this case. */
        <T> T match(Function<Redeemed, T> redeemed, Function<Refused, T> refused);

        /** @param identity the claims of the validated ID token */
        record Redeemed(Identity identity) implements Redemption {
            @Override
            public <T> T match(Function<Redeemed, T> redeemed, Function<Refused, T> refused) {
                return redeemed.apply(this);
            }
        }

        /**
         * @param why for the person
         * @param reason for the operator
         */
        record Refused(Why why, String reason) implements Redemption {

            /** A refusal whose reason means something to the operator only. */
            public Refused(String reason) {
                this(Why.OTHER, reason);
            }

            @Override
            public <T> T match(Function<Redeemed, T> redeemed, Function<Refused, T> refused) {
                return refused.apply(this);
            }
        }
    }

    /** The kinds of refusals. */
    enum Why {
        /** Keycloak does not accept the client's secret or key. */
        CLIENT_REFUSED,
        /** The clocks of Keycloak and the facade differ. */
        CLOCK_SKEW,
        /** The authorization response is from another server. */
        FOREIGN_ANSWER,
        /** The code is unknown, used or too old. */
        CODE_REFUSED,
        /** Keycloak does not answer, or too many requests wait for it. */
        UNAVAILABLE,
        /** {@code mca.issuer} is not the name that Keycloak has for itself. */
        WRONG_ISSUER,
        /** This facade has redeemed a code for the sign-in already. */
        ALREADY_FINISHED,
        /** Anything else. */
        OTHER
    }

    /**
     * A validated logout token.
     *
     * @param sid the session that has ended; empty if all sessions of the subject have
     * @param id the id of this token
     * @param issuedAt what began later has not ended
     */
    record LogoutToken(
            ClientId clientId, Optional<String> sid, Optional<String> subject, String id, Instant issuedAt) {}

    /** The outcome of validating a logout token. */
    sealed interface LogoutNotice {

        /** The value of the function for this case. */
        <T> T match(Function<Genuine, T> genuine, Function<Forged, T> forged, Function<Unverifiable, T> unverifiable);

        record Genuine(LogoutToken token) implements LogoutNotice {
            @Override
            public <T> T match(
                    Function<Genuine, T> genuine, Function<Forged, T> forged, Function<Unverifiable, T> unverifiable) {
                return genuine.apply(this);
            }
        }

        /** @param reason for the operator */
        record Forged(String reason) implements LogoutNotice {
            @Override
            public <T> T match(
                    Function<Genuine, T> genuine, Function<Forged, T> forged, Function<Unverifiable, T> unverifiable) {
                return forged.apply(this);
            }
        }

        /** Keycloak's keys could not be read. */
        record Unverifiable(String reason) implements LogoutNotice {
            @Override
            public <T> T match(
                    Function<Genuine, T> genuine, Function<Forged, T> forged, Function<Unverifiable, T> unverifiable) {
                return unverifiable.apply(this);
            }
        }
    }

    /** Keycloak does not answer, or not as the issuer that the operator has set. The message is for the operator. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean wrongIssuer;

        public UnavailableException(String message, Throwable cause) {
            this(message, cause, false);
        }

        /** @param wrongIssuer whether Keycloak was reached, and calls itself something else or has no such realm */
        UnavailableException(String message, Throwable cause, boolean wrongIssuer) {
            super(message, cause);
            this.wrongIssuer = wrongIssuer;
        }

        /** Whether Keycloak was reached, and {@code mca.issuer} is not its name or that of one of its realms. */
        public boolean wrongIssuer() {
            return wrongIssuer;
        }
    }
}
