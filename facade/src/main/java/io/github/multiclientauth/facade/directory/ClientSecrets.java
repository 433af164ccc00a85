package io.github.multiclientauth.facade.directory;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.seal.Secret;
import java.util.Optional;
import java.util.Set;

/** The client secrets that the operator gave to the facade. The directory never contains any. */
@FunctionalInterface
public interface ClientSecrets {

    Optional<Secret> of(ClientId clientId);

    /** The clients that there is a secret for, if that is known. May block. */
    default Set<ClientId> clients() {
        return Set.of();
    }

    /** Whether the facade has its own key, which it needs for clients that expect a signed JWT. */
    default boolean haveKey() {
        return false;
    }

    /** An unchanging copy of the current secrets. It equals an earlier copy unless a secret has changed. May block. */
    default ClientSecrets now() {
        return this;
    }

    /** Names the settings in which an operator can give the secret of a client. */
    static String places(ClientId clientId) {
        String client = "mca.clients.\"" + clientId + "\".";
        return client + "secret, " + client
                + "secret-file, or a file named after the client id in mca.client-secrets.directory";
    }
}
