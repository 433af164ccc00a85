package io.github.multiclientauth.facade.directory;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.seal.Secret;
import java.util.Optional;

/** The client secrets that the operator gave the facade: the directory never has any. */
@FunctionalInterface
public interface ClientSecrets {

    Optional<Secret> of(ClientId clientId);

    /** Whether the facade has a key of its own, with which it can act for clients that expect a signed JWT. */
    default boolean haveKey() {
        return false;
    }

    /** As they are now, which do not change any more; equal to those of before unless one of them is another. May block. */
    default ClientSecrets now() {
        return this;
    }
}
