package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenClaimsVerifier;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.TokenAlgorithms;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.LogoutToken;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.UnavailableException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Validates logout tokens.
 *
 * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html#Validation">OpenID Connect Back-Channel
 *     Logout 1.0, section 2.6</a>
 */
final class LogoutTokens {

    /** The longest accepted age. Keycloak sends them at once and lets them expire after two minutes. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final Issuer issuer;
    private final Clock clock;

    /** @param clock Keycloak's */
    LogoutTokens(Issuer issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /** The reason why a logout token was not accepted. */
    static final class InvalidLogoutTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidLogoutTokenException(String message) {
            super(message);
        }
    }

    /** The audience of a token that is not validated yet. It decides what the token is validated against. */
    static ClientId audience(String token) throws InvalidLogoutTokenException {
        try {
            // An encrypted token shows no claims.
            JWTClaimsSet claims = JWTParser.parse(token).getJWTClaimsSet();
            List<String> audience = claims == null ? List.of() : claims.getAudience();
            if (audience.size() == 1) {
                return new ClientId(audience.get(0));
            }
            throw new InvalidLogoutTokenException("it is for " + audience.size() + " audiences, not for one");
        } catch (ParseException | RuntimeException e) {
            throw new InvalidLogoutTokenException("it is no token with claims");
        }
    }

    /**
     * @param expected the algorithms of the client. Only asked for a token that is valid apart from its algorithm, so that
     *     strangers cannot make it ask Keycloak
     */
    LogoutToken validate(
            String token, ClientId clientId, Function<JWT, TokenAlgorithms> expected, JWKSource<SecurityContext> keys)
            throws InvalidLogoutTokenException {
        try {
            JWT parsed = JWTParser.parse(token);
            LogoutToken found =
                    found(new LogoutTokenClaimsSet(processor(clientId, keys).process(parsed, null)), clientId);
            requireAlgorithm(parsed, expected.apply(parsed));
            return found;
        } catch (KeySourceException e) {
            throw new UnavailableException(e.getMessage(), e.getCause());
        } catch (ParseException
                | com.nimbusds.oauth2.sdk.ParseException
                | BadJOSEException
                | JOSEException
                | RuntimeException e) {
            throw new InvalidLogoutTokenException(e.getMessage() == null ? "it is no logout token" : e.getMessage());
        }
    }

    private static void requireAlgorithm(JWT token, TokenAlgorithms expected) throws InvalidLogoutTokenException {
        Optional<String> problem =
                expected.logoutTokensByAny() ? Optional.empty() : Signatures.problem(token, expected);
        if (problem.isPresent()) {
            throw new InvalidLogoutTokenException(problem.get());
        }
    }

    /** Does the same as Nimbus' LogoutTokenValidator, which compares times with the clock of this machine. */
    private DefaultJWTProcessor<SecurityContext> processor(ClientId clientId, JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = Signatures.processor(Signatures.VERIFIABLE, keys);
        // Keycloak sets the type. The standard does not require it. Any other type is refused.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(LogoutTokenValidator.TYPE, JOSEObjectType.JWT, null));
        processor.setJWTClaimsSetVerifier(new Claims(issuer, new ClientID(clientId.value()), clock)::verify);
        return processor;
    }

    /** Checks the claims by the given clock. */
    private static final class Claims extends LogoutTokenClaimsVerifier {

        private final Clock clock;

        Claims(Issuer issuer, ClientID clientId, Clock clock) {
            super(issuer, clientId);
            this.clock = clock;
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }

    private LogoutToken found(LogoutTokenClaimsSet claims, ClientId clientId) throws InvalidLogoutTokenException {
        if (claims.getJWTID() == null || claims.getIssueTime() == null) {
            throw new InvalidLogoutTokenException("jti or iat is missing");
        }
        Instant issuedAt = claims.getIssueTime().toInstant();
        Instant now = clock.instant();
        if (issuedAt.isBefore(now.minus(MAX_AGE)) || issuedAt.isAfter(now.plus(CLOCK_SKEW))) {
            throw new InvalidLogoutTokenException("it is too old, or from the future");
        }
        if (claims.getClaim("sid") != null && claims.getSessionID() == null) {
            // Not treated like a missing sid, which would end every session of the subject.
            throw new InvalidLogoutTokenException("its sid is no text");
        }
        Optional<String> sid = Optional.ofNullable(claims.getSessionID()).map(id -> id.getValue());
        Optional<String> subject = Optional.ofNullable(claims.getSubject()).map(id -> id.getValue());
        if (sid.isEmpty() && subject.isEmpty()) {
            throw new InvalidLogoutTokenException("neither sid nor sub");
        }
        return new LogoutToken(clientId, sid, subject, claims.getJWTID().getValue(), issuedAt);
    }
}
