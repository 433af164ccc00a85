package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Turns what the operator wrote about clients into secrets; what cannot be one is refused with the setting to mend. */
final class ClientSettings {

    private ClientSettings() {}

    /** @throws UnusableSettingException naming the setting and what is wrong with it, never a secret */
    static ClientSecrets clientSecrets(Map<String, FacadeConfig.Client> clients, boolean haveKey) {
        Map<ClientId, Secret> secrets = new HashMap<>();
        clients.forEach((id, client) -> {
            ClientId clientId = clientId(id);
            secret(id, client).ifPresent(secret -> secrets.put(clientId, new Secret(secret)));
        });
        return new ClientSecrets() {
            @Override
            public Optional<Secret> of(ClientId clientId) {
                return Optional.ofNullable(secrets.get(clientId));
            }

            @Override
            public boolean haveKey() {
                return haveKey;
            }
        };
    }

    /** @throws IllegalArgumentException naming the setting and what is wrong with it, never a secret */
    static ApplicationSecrets applicationSecrets(Map<String, FacadeConfig.Client> clients, MasterSecrets masters) {
        ApplicationSecrets secrets = new ApplicationSecrets(masters);
        clients.forEach((id, client) -> {
            String setting = "mca.clients." + id + ".auth-secret";
            SecretFiles.secrets(setting, client.authSecret(), client.authSecretFile())
                    .ifPresent(values -> secrets.give(id, setting, values));
        });
        return secrets;
    }

    /** The client's secret, wherever the operator keeps it. */
    static Optional<String> secret(String id, FacadeConfig.Client client) {
        return SecretFiles.secret("mca.clients." + id + ".secret", client.secret(), client.secretFile());
    }

    /** As {@link #secret}, of the facade's own account. */
    static Optional<String> secret(FacadeConfig.Directory directory) {
        return SecretFiles.secret(
                "mca.directory.client-secret", directory.clientSecret(), directory.clientSecretFile());
    }

    private static ClientId clientId(String id) {
        try {
            return new ClientId(id);
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException("mca.clients." + id, e.getMessage());
        }
    }
}
