package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.github.multiclientauth.facade.client.ClientId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Validates ID tokens and takes the claims out.
 *
 * <p>The algorithm is the one that is expected, not the one that the token names: a token that names {@code none} or a
 * symmetric one is refused.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core 1.0,
 *     section 3.1.3.7</a>
 */
final class IdTokens {

    private static final Pattern ASCII_CAPITALS = Pattern.compile("[A-Z]+");

    /** Keycloak's default for clients and realms. */
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

    private final Issuer issuer;

    IdTokens(Issuer issuer) {
        this.issuer = issuer;
    }

    /** Why an ID token was not accepted. */
    static final class InvalidIdTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidIdTokenException(String message) {
            super(message);
        }
    }

    /** @param nonce that must be in the token; null for the token of a refresh */
    Identity validate(JWT token, ClientId clientId, Nonce nonce, JWKSource<SecurityContext> keys)
            throws InvalidIdTokenException {
        var validator = new IDTokenValidator(
                issuer, new ClientID(clientId.value()), new JWSVerificationKeySelector<>(ALGORITHM, keys), null);
        try {
            return identity(validator.validate(token, nonce), clientId);
        } catch (BadJOSEException | JOSEException e) {
            throw new InvalidIdTokenException("ID token: " + e.getMessage());
        }
    }

    private static Identity identity(IDTokenClaimsSet claims, ClientId clientId) throws InvalidIdTokenException {
        String sid = claims.getStringClaim("sid");
        if (sid == null || sid.isEmpty()) {
            throw new InvalidIdTokenException("ID token without sid");
        }
        // The validator looks for the client among the audiences only.
        AuthorizedParty party = claims.getAuthorizedParty();
        if (party == null ? claims.getAudience().size() > 1 : !party.getValue().equals(clientId.value())) {
            throw new InvalidIdTokenException("ID token was issued to another client");
        }
        String client = claims.getStringClaim("clientId");
        if (client != null && !client.equals(clientId.value())) {
            throw new InvalidIdTokenException("ID token says another clientId");
        }
        Optional<String> address = text(claims, "email");
        return new Identity(
                claims.getSubject().getValue(),
                sid,
                text(claims, "name").or(() -> text(claims, "preferred_username")),
                address.map(IdTokens::lowerCase),
                address.isPresent() && Boolean.TRUE.equals(claims.getBooleanClaim("email_verified")),
                text(claims, "picture"),
                text(claims, "provider"),
                text(claims, "clientOrigin"),
                clientId.value());
    }

    /** As Auth.js has it; ASCII letters only, since the lower case of the Kelvin sign is a k, and another mailbox. */
    private static String lowerCase(String email) {
        return ASCII_CAPITALS.matcher(email).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }

    private static Optional<String> text(IDTokenClaimsSet claims, String name) {
        return Optional.ofNullable(claims.getStringClaim(name)).filter(value -> !value.isBlank());
    }
}
