package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.seal.ApplicationSecrets;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the secrets in the settings of clients. An unusable one is refused with the name of its setting. */
final class ClientSettings {

    private ClientSettings() {}

    /**
     * The secrets of clients. A setting of a client counts before a file in the folder.
     *
     * @throws UnusableSettingException naming the setting and what is wrong with it, never a secret
     */
    static ClientSecrets clientSecrets(
            Map<String, FacadeConfig.Client> clients, Optional<Path> folder, SecretFiles files, boolean haveKey) {
        Map<ClientId, Supplier<Secret>> sources = new HashMap<>();
        clients.forEach((id, client) -> {
            ClientId clientId = clientId(id);
            secret("mca.clients." + id + ".secret", client.secret(), client.secretFile(), files)
                    .ifPresent(source -> sources.put(clientId, source));
        });
        return new Live(sources, folder.map(path -> SecretFolder.of(files, path)), haveKey);
    }

    /** The secret in a setting, or in the file that the setting with {@code -file} names, but not both. */
    static Optional<Supplier<Secret>> secret(
            String setting, Optional<String> value, Optional<Path> file, SecretFiles files) {
        String fileSetting = setting + SecretFiles.SUFFIX;
        return SecretFiles.either(
                setting,
                value.map(Secret::new).map(secret -> () -> secret),
                fileSetting,
                file,
                path -> SecretFile.of(files, fileSetting, path));
    }

    /** Reads the files again each time. */
    private record Live(Map<ClientId, Supplier<Secret>> sources, Optional<SecretFolder> folder, boolean haveKey)
            implements ClientSecrets {

        @Override
        public Optional<Secret> of(ClientId clientId) {
            return now().of(clientId);
        }

        @Override
        public Set<ClientId> clients() {
            return now().clients();
        }

        @Override
        public ClientSecrets now() {
            Map<ClientId, Secret> secrets =
                    new HashMap<>(folder.map(SecretFolder::secrets).orElse(Map.of()));
            sources.forEach((clientId, source) -> secrets.put(clientId, source.get()));
            return new Known(Map.copyOf(secrets), haveKey);
        }
    }

    private record Known(Map<ClientId, Secret> secrets, boolean haveKey) implements ClientSecrets {

        @Override
        public Set<ClientId> clients() {
            return secrets.keySet();
        }

        @Override
        public Optional<Secret> of(ClientId clientId) {
            return Optional.ofNullable(secrets.get(clientId));
        }
    }

    /** @throws IllegalArgumentException naming the setting and what is wrong with it, never a secret */
    static ApplicationSecrets applicationSecrets(
            Map<String, FacadeConfig.Client> clients, SecretFiles files, MasterSecrets masters) {
        ApplicationSecrets secrets = new ApplicationSecrets(masters);
        clients.forEach((id, client) -> {
            String setting = "mca.clients." + id + ".auth-secret";
            files.secrets(setting, client.authSecret(), client.authSecretFile())
                    .ifPresent(values -> secrets.give(id, setting, values));
        });
        return secrets;
    }

    private static ClientId clientId(String id) {
        try {
            return new ClientId(id);
        } catch (IllegalArgumentException e) {
            throw new UnusableSettingException("mca.clients." + id, e.getMessage());
        }
    }
}
