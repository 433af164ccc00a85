package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Sha256;
import io.github.multiclientauth.origin.Origin;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A sign-in that has begun, which its callback must match.
 *
 * @param callbackUrl at the origin where it began
 * @param demand what the application demanded of the authentication; the client's own demands are not in it
 * @param silent whether the application asked with {@code prompt=none}, so that an answer without a session is no error
 * @param action what Keycloak is to do with the user
 */
record Transaction(
        Secret state,
        Secret nonce,
        Secret codeVerifier,
        Provider provider,
        CallbackUrl callbackUrl,
        Demand demand,
        boolean silent,
        Instant startedAt,
        Optional<RequestedAction> action) {

    /** A transaction whose nonce follows from the code verifier, so that its cookie need not have both. */
    Transaction(
            Secret state,
            Secret codeVerifier,
            Provider provider,
            CallbackUrl callbackUrl,
            Demand demand,
            boolean silent,
            Instant startedAt,
            Optional<RequestedAction> action) {
        this(state, nonce(codeVerifier), codeVerifier, provider, callbackUrl, demand, silent, startedAt, action);
    }

    /** Browser and Keycloak see the nonce. A hash of 256 random bits does not reveal them. */
    private static Secret nonce(Secret codeVerifier) {
        return new Secret(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Sha256.of("nonce of the sign-in with the code verifier " + codeVerifier.reveal())));
    }

    /** The origin where it began. */
    Origin origin() {
        return callbackUrl.origin();
    }
}
