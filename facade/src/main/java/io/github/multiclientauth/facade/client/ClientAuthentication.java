package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.facade.seal.Secret;

/** How the facade proves to Keycloak that it acts for an application. */
public sealed interface ClientAuthentication {

    /** {@code client_secret_basic}: the secret of the client's Credentials tab. */
    record ClientSecret(Secret secret) implements ClientAuthentication {}

    /** {@code private_key_jwt}: an assertion signed with the facade's own key (RFC 7523, section 2.2). */
    record PrivateKeyJwt() implements ClientAuthentication {}

    /** A public client: PKCE alone binds the code to the sign-in. */
    record None() implements ClientAuthentication {}
}
