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

    /** In characters: user names of federated accounts are part of a {@code sub}, and have up to 255. */
    private static final int MAX_IDENTIFIER = 512;

    /** In characters: an address of a picture is the longest. */
    private static final int MAX_TEXT = 2048;

    /** Nothing else is an image's address; a script is one that runs where an application makes a link of it. */
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

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
            throw new InvalidIdTokenException(
                    "ID token: " + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        } catch (RuntimeException e) {
            // What the library does not expect in a token, an empty sub for example. Its message may repeat the claim.
            throw new InvalidIdTokenException("ID token with a claim that cannot be read");
        }
    }

    private static Identity identity(IDTokenClaimsSet claims, ClientId clientId) throws InvalidIdTokenException {
        // The validator looks for the client among the audiences only.
        Object party = claims.getClaim("azp");
        if (party == null ? claims.getAudience().size() > 1 : !party.equals(clientId.value())) {
            throw new InvalidIdTokenException("ID token was issued to another client");
        }
        Object client = claims.getClaim("clientId");
        if (client != null && !client.equals(clientId.value())) {
            throw new InvalidIdTokenException("ID token says another clientId");
        }
        Optional<String> address = text(claims, "email");
        return new Identity(
                identifier(claims, "sub"),
                identifier(claims, "sid"),
                text(claims, "name").or(() -> text(claims, "preferred_username")),
                address.map(IdTokens::lowerCase),
                address.isPresent() && Boolean.TRUE.equals(claims.getClaim("email_verified")),
                text(claims, "picture")
                        .filter(picture -> WEB_ADDRESS.matcher(picture).matches()),
                claims.getClaim("provider") == null ? Optional.empty() : Optional.of(identifier(claims, "provider")),
                text(claims, "clientOrigin"),
                clientId.value());
    }

    /** As Auth.js has it; ASCII letters only, since the lower case of the Kelvin sign is a k, and another mailbox. */
    private static String lowerCase(String email) {
        return ASCII_CAPITALS.matcher(email).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }

    /** What something is decided by: without it, or with an odd one, the token is of no use. */
    private static String identifier(IDTokenClaimsSet claims, String name) throws InvalidIdTokenException {
        Object value = claims.getClaim(name);
        if (value == null || value.equals("")) {
            throw new InvalidIdTokenException("ID token without " + name);
        }
        if (!(value instanceof String text) || text.isBlank() || !isUsable(text, MAX_IDENTIFIER)) {
            throw new InvalidIdTokenException("ID token with an odd " + name + ": at most " + MAX_IDENTIFIER
                    + " characters of text without control characters are accepted");
        }
        return text;
    }

    /** What is shown only: left out if it is odd. */
    private static Optional<String> text(IDTokenClaimsSet claims, String name) {
        return Optional.ofNullable(claims.getStringClaim(name))
                .filter(value -> !value.isBlank() && isUsable(value, MAX_TEXT));
    }

    /** Neither too long for a cookie, nor with characters that stand for none: controls and halves of a pair. */
    private static boolean isUsable(String text, int longest) {
        return text.length() <= longest
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
