package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.origin.Origin;
import java.time.Instant;

/**
 * A sign-in that has begun, which its callback must match.
 *
 * @param silent whether the application asked with {@code prompt=none}, so that an answer without a session is no error
 */
record Transaction(
        Secret state,
        Secret nonce,
        Secret codeVerifier,
        ClientId clientId,
        Origin origin,
        Provider provider,
        CallbackUrl callbackUrl,
        boolean silent,
        Instant startedAt) {}
