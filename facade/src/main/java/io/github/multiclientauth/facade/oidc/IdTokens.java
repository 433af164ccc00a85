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
 * Validates ID tokens and extracts their claims.
 *
 * <p>The algorithm is the expected one, not the one that the token names. A token that names {@code none} or a
 * symmetric algorithm is refused.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core 1.0,
 *     section 3.1.3.7</a>
 */
final class IdTokens {

    private static final Pattern ASCII_CAPITALS = Pattern.compile("[A-Z]+");

    /** Keycloak's default for clients and realms. */
    private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.RS256;

    /** In characters. The user name of a federated account, up to 255 characters, is part of a {@code sub}. */
    private static final int MAX_IDENTIFIER = 512;

    /** In characters. The address of a picture is the longest claim. */
    private static final int MAX_TEXT = 2048;

    /**
     * The only accepted form of a picture's address. A {@code javascript:} address would run where an application makes
     * a link of it.
     */
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

    private final Issuer issuer;

    IdTokens(Issuer issuer) {
        this.issuer = issuer;
    }

    /** The reason why an ID token was not accepted. */
    static final class InvalidIdTokenException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidIdTokenException(String message) {
            super(message);
        }
    }

    /** @param nonce the nonce that the token must contain; null for the token of a refresh */
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
            // The library throws for some invalid claims, for example an empty sub. Its message may quote the claim.
            throw new InvalidIdTokenException("ID token with a claim that cannot be read");
        }
    }

    private static Identity identity(IDTokenClaimsSet claims, ClientId clientId) throws InvalidIdTokenException {
        // The validator only checks that the client is among the audiences.
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
                clientId.value(),
                false);
    }

    /**
     * The address in lower case, as in Auth.js. Only ASCII letters are changed: the lower case of the Kelvin sign is a
     * k, which is another mailbox.
     */
    private static String lowerCase(String email) {
        return ASCII_CAPITALS.matcher(email).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }

    /** A claim that decides something. The token is refused if it is missing or unusable. */
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

    /** A claim that is only displayed. It is left out if it is unusable. */
    private static Optional<String> text(IDTokenClaimsSet claims, String name) {
        return Optional.ofNullable(claims.getStringClaim(name))
                .filter(value -> !value.isBlank() && isUsable(value, MAX_TEXT));
    }

    /** Whether the text is short enough for a cookie and has no control characters and no unpaired surrogates. */
    private static boolean isUsable(String text, int longest) {
        return text.length() <= longest
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }
}
