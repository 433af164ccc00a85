package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/**
 * Validates ID tokens and extracts their claims.
 *
 * <p>The algorithm is the one that the directory names for the client, not the one that the token names. A token that
 * names {@code none} or a symmetric algorithm is refused.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core 1.0,
 *     section 3.1.3.7</a>
 */
final class IdTokens {

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /** In seconds: 68 years. */
    private static final int ANY_TIME = Integer.MAX_VALUE;

    private final Issuer issuer;
    private final Clock clock;

    /** @param clock Keycloak's */
    IdTokens(Issuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The reason why an ID token was not accepted. */
    static final class InvalidIdTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean clockSkew;

        InvalidIdTokenException(String message) {
            this(message, false);
        }

        private InvalidIdTokenException(String message, boolean clockSkew) {
            super(message);
            this.clockSkew = clockSkew;
        }

        /** Whether only the time in the token is wrong: the clocks of Keycloak and this machine differ. */
        boolean isClockSkew() {
            return clockSkew;
        }
    }

    /**
     * @param expected the algorithms of the client
     * @param nonce the nonce that the token must contain; null for the token of a refresh
     */
    Identity validate(
            JWT token, ClientId clientId, TokenAlgorithms expected, Nonce nonce, JWKSource<SecurityContext> keys)
            throws InvalidIdTokenException {
        Optional<String> problem = Signatures.problem(token, expected);
        if (problem.isPresent()) {
            throw new InvalidIdTokenException("ID token: " + problem.get());
        }
        var processor = Signatures.processor(Set.of(JWSAlgorithm.parse(expected.idToken())), keys);
        // The library compares times with the clock of this machine, and there is no way to give it another.
        processor.setJWTClaimsSetVerifier(
                new IDTokenClaimsVerifier(issuer, new ClientID(clientId.value()), nonce, ANY_TIME)::verify);
        try {
            IDTokenClaimsSet claims = new IDTokenClaimsSet(processor.process(token, null));
            requireCurrent(claims);
            requireOneAudience(claims);
            return new IdentityClaims(claims::getClaim).identity(clientId, false);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            throw new InvalidIdTokenException(
                    "ID token: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        } catch (IdentityClaims.UnusableException e) {
            throw new InvalidIdTokenException("ID token " + e.getMessage());
        } catch (RuntimeException e) {
            // The library throws for some invalid claims, for example an empty sub. Its message may quote the claim.
            throw new InvalidIdTokenException("ID token with a claim that cannot be read");
        }
    }

    private void requireCurrent(IDTokenClaimsSet claims) throws InvalidIdTokenException {
        Instant now = clock.instant();
        if (!claims.getExpirationTime().toInstant().isAfter(now.minus(CLOCK_SKEW))) {
            throw skewed(
                    "the ID token expired",
                    Duration.between(claims.getExpirationTime().toInstant(), now),
                    "ago");
        }
        if (!claims.getIssueTime().toInstant().isBefore(now.plus(CLOCK_SKEW))) {
            throw skewed(
                    "the ID token was issued",
                    Duration.between(now, claims.getIssueTime().toInstant()),
                    "in the future");
        }
        // The library does not look at it.
        Date notBefore = claims.getDateClaim("nbf");
        if (notBefore != null && !notBefore.toInstant().isBefore(now.plus(CLOCK_SKEW))) {
            throw skewed("the ID token begins", Duration.between(now, notBefore.toInstant()), "in the future");
        }
    }

    /** A token that Keycloak has just issued is never old: only the clocks can be wrong. */
    private static InvalidIdTokenException skewed(String what, Duration by, String when) {
        return new InvalidIdTokenException(
                "clock skew: " + what + " " + by.toSeconds() + " s " + when
                        + " by the clock that the facade goes by; compare the clocks of this machine and of each Keycloak"
                        + " node",
                true);
    }

    /** The library only checks that the client is among the audiences. */
    private static void requireOneAudience(IDTokenClaimsSet claims) throws InvalidIdTokenException {
        if (claims.getClaim("azp") == null && claims.getAudience().size() > 1) {
            throw new InvalidIdTokenException("ID token for several clients");
        }
    }
}
