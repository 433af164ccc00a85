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
 * What the facade needs of Keycloak, as the client of an application. Every call may block for as long as the
 * configured time-outs allow: never on an event loop.
 */
public interface AuthorizationServer {

    /**
     * Where the browser goes to sign in.
     *
     * @throws UnavailableException if Keycloak's metadata was never read and cannot be
     */
    URI authorizationUrl(Application application, AuthorizationRequest request);

    /**
     * Why an authorization response is not from this server, or cannot be known to be; empty if it is. A code is looked at by
     * {@link #redeem} itself.
     *
     * @param issuer the {@code iss} parameter of the authorization response
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9207#section-2.4">RFC 9207, section 2.4</a>
     */
    Optional<String> issuerProblem(Optional<String> issuer);

    /**
     * Redeems an authorization code.
     *
     * @param issuer the {@code iss} parameter of the authorization response
     */
    Redemption redeem(Application application, AuthorizationCode code, Optional<String> issuer);

    /** Asks for new tokens, and with them for the current claims. */
    Refreshment refresh(Application application, Secret refreshToken);

    /** Ends the session that the refresh token belongs to, for all applications. */
    Ending endSession(Application application, Secret refreshToken);

    /**
     * Looks at a logout token.
     *
     * @param known whether a client is one of ours: a token for another one is nothing to us
     */
    LogoutNotice logoutNotice(String token, Predicate<ClientId> known);

    /**
     * @param redirectUri where the code comes back
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
     * @param redirectUri as in the authorization request
     * @param nonce that the ID token must carry
     */
    record AuthorizationCode(String value, String redirectUri, Secret codeVerifier, Secret nonce) {

        @Override
        public String toString() {
            return "AuthorizationCode[***]";
        }
    }

    /** Tokens whose ID token was validated. */
    record Tokens(Identity identity, Secret refreshToken, Instant refreshTokenExpiresAt) {}

    /** How redeeming a code ended. */
    sealed interface Redemption {

        /** The value of the function for this case. */
        <T> T match(Function<Redeemed, T> redeemed, Function<Refused, T> refused);

        record Redeemed(Tokens tokens) implements Redemption {
            @Override
            public <T> T match(Function<Redeemed, T> redeemed, Function<Refused, T> refused) {
                return redeemed.apply(this);
            }
        }

        /** @param reason for the operator */
        record Refused(String reason) implements Redemption {
            @Override
            public <T> T match(Function<Redeemed, T> redeemed, Function<Refused, T> refused) {
                return refused.apply(this);
            }
        }
    }

    /** How a refresh ended. */
    sealed interface Refreshment {

        /** The value of the function for this case. */
        <T> T match(
                Function<Refreshed, T> refreshed, Function<SessionEnded, T> sessionEnded, Function<Unknown, T> unknown);

        record Refreshed(Tokens tokens) implements Refreshment {
            @Override
            public <T> T match(
                    Function<Refreshed, T> refreshed,
                    Function<SessionEnded, T> sessionEnded,
                    Function<Unknown, T> unknown) {
                return refreshed.apply(this);
            }
        }

        /** The session is over, for example signed out, idle, or the user was disabled. */
        record SessionEnded(String reason) implements Refreshment {
            @Override
            public <T> T match(
                    Function<Refreshed, T> refreshed,
                    Function<SessionEnded, T> sessionEnded,
                    Function<Unknown, T> unknown) {
                return sessionEnded.apply(this);
            }
        }

        /** Nothing is known about the session: Keycloak did not answer, or not as the facade's own set-up needs. */
        record Unknown(String reason) implements Refreshment {
            @Override
            public <T> T match(
                    Function<Refreshed, T> refreshed,
                    Function<SessionEnded, T> sessionEnded,
                    Function<Unknown, T> unknown) {
                return unknown.apply(this);
            }
        }
    }

    /** How ending a session ended. */
    sealed interface Ending {

        /** The value of the function for this case. */
        <T> T match(Function<Ended, T> ended, Function<Failed, T> failed);

        record Ended() implements Ending {
            @Override
            public <T> T match(Function<Ended, T> ended, Function<Failed, T> failed) {
                return ended.apply(this);
            }
        }

        /** Keycloak's session may still be alive. */
        record Failed(String reason) implements Ending {
            @Override
            public <T> T match(Function<Ended, T> ended, Function<Failed, T> failed) {
                return failed.apply(this);
            }
        }
    }

    /**
     * A validated logout token.
     *
     * @param sid the session that is over; empty if all of the subject's are
     * @param id names this token and no other
     */
    record LogoutToken(ClientId clientId, Optional<String> sid, Optional<String> subject, String id) {}

    /** What a logout token is worth. */
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

    /** Keycloak does not answer. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
