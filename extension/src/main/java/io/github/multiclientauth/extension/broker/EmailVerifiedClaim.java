package io.github.multiclientauth.extension.broker;

import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;

/**
 * Makes the claim {@code email_verified} of an ID token a boolean, as it has to be.
 *
 * <p>LinkedIn and other providers send text. Keycloak 26.3 cannot read text, and fails the first sign-in with an error
 * 500. From 26.4 on it reads text as this class does. Older versions do not read the claim.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims">OpenID Connect Core 1.0, section
 *     5.1</a>
 */
final class EmailVerifiedClaim {

    private EmailVerifiedClaim() {}

    /** Replaces text by a boolean in the data of a person who comes from a provider. */
    static void normalize(BrokeredIdentityContext identity) {
        if (identity.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token) {
            token.getOtherClaims()
                    .computeIfPresent(
                            IDToken.EMAIL_VERIFIED,
                            (name, value) -> value instanceof String text ? Boolean.valueOf(text) : value);
        }
    }
}
