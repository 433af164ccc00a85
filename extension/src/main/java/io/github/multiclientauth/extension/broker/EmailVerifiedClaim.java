package io.github.multiclientauth.extension.broker;

import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.JsonWebToken;

/**
 * {@code email_verified} of an ID token as it has to be, a boolean.
 *
 * <p>LinkedIn has text there, and so have others. Keycloak 26.3 cannot read that, and fails the first sign-in with an error 500; from
 * 26.4 on it takes text as it is taken here, older versions do not look.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims">OpenID Connect Core 1.0, section 5.1</a>
 */
final class EmailVerifiedClaim {

    private EmailVerifiedClaim() {}

    /** Makes a boolean of text, in what is known of somebody who comes from a provider. */
    static void normalize(BrokeredIdentityContext identity) {
        if (identity.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN) instanceof JsonWebToken token) {
            token.getOtherClaims()
                    .computeIfPresent(
                            IDToken.EMAIL_VERIFIED,
                            (name, value) -> value instanceof String text ? Boolean.valueOf(text) : value);
        }
    }
}
