package io.github.multiclientauth.testbed.provider.oauth;

import java.time.Duration;

/**
 * The claims of a provider's ID tokens besides those about the person.
 *
 * @param nonce whether the nonce of the request is given back
 * @param authorizedParty whether {@code azp} names the app, too
 * @param accessTokenHash whether {@code at_hash} binds the access token
 */
public record IdTokenStyle(
        String issuer, Duration lifetime, boolean nonce, boolean authorizedParty, boolean accessTokenHash) {}
