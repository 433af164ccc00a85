package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.facade.seal.Secret;
import java.util.Optional;
import java.util.function.Function;

/** The way the facade proves to Keycloak that it acts for an application. */
public sealed interface ClientAuthentication {

    /** The value of the function for this case. */
    <T> T match(
            Function<ClientSecret, T> clientSecret, Function<PrivateKeyJwt, T> privateKeyJwt, Function<None, T> none);

    /** {@code client_secret_basic}: the secret of the client's Credentials tab. */
    record ClientSecret(Secret secret) implements ClientAuthentication {
        @Override
        public <T> T match(
                Function<ClientSecret, T> clientSecret,
                Function<PrivateKeyJwt, T> privateKeyJwt,
                Function<None, T> none) {
            return clientSecret.apply(this);
        }
    }

    /**
     * {@code private_key_jwt}: an assertion signed with the facade's own key (RFC 7523, section 2.2).
     *
     * @param algorithm the only one that Keycloak accepts from this client, such as {@code PS256}; empty if any will do
     *     or it is unknown
     */
    record PrivateKeyJwt(Optional<String> algorithm) implements ClientAuthentication {

        /** Leaves the algorithm to the key. */
        public PrivateKeyJwt() {
            this(Optional.empty());
        }

        @Override
        public <T> T match(
                Function<ClientSecret, T> clientSecret,
                Function<PrivateKeyJwt, T> privateKeyJwt,
                Function<None, T> none) {
            return privateKeyJwt.apply(this);
        }
    }

    /** A public client: PKCE alone binds the code to the sign-in. */
    record None() implements ClientAuthentication {
        @Override
        public <T> T match(
                Function<ClientSecret, T> clientSecret,
                Function<PrivateKeyJwt, T> privateKeyJwt,
                Function<None, T> none) {
            return none.apply(this);
        }
    }
}
