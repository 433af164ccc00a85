package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.fake.HostileInput;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.FileAccess;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSettingsTest {

    private static final String MASTER = "Zq7vK2mXw9PtR4sYb6NcLd1FhGjUe8Ao";
    private static final String OWN = "b8Wc1Xz5Tg3Yh7Uj9Ik2Ol4Pm6Qn0RsVd";
    private static final SecretFiles FILES = new SecretFiles(FileAccess.OWNER_ALONE);
    private static final MasterSecrets MASTERS = MasterSecrets.read(Map.of("AUTH_SECRET", MASTER)::get);

    private record Client(Optional<String> secret, Optional<Path> secretFile, Optional<List<String>> authSecret)
            implements FacadeConfig.Client {

        Client(Optional<String> secret, Optional<List<String>> authSecret) {
            this(secret, Optional.empty(), authSecret);
        }

        @Override
        public Optional<Path> authSecretFile() {
            return Optional.empty();
        }
    }

    private static Path closed(Path file, String secret) throws IOException {
        return Files.setPosixFilePermissions(
                Files.writeString(file, secret), PosixFilePermissions.fromString("rw-------"));
    }

    private static FacadeConfig.Client holding(String... authSecrets) {
        return new Client(Optional.empty(), Optional.of(List.of(authSecrets)));
    }

    private static ApplicationSeals seals(Map<String, FacadeConfig.Client> clients) {
        return new ApplicationSeals(ClientSettings.applicationSecrets(clients, FILES, MASTERS), new SecureRandom());
    }

    @Test
    void a_client_secret_is_that_of_the_client_id() {
        var secrets = ClientSettings.clientSecrets(
                Map.of(
                        "my.shop", new Client(Optional.of("s"), Optional.empty()),
                        "blog", new Client(Optional.empty(), Optional.empty())),
                Optional.empty(),
                FILES,
                false);

        assertThat(secrets.of(new ClientId("my.shop"))).hasValue(new Secret("s"));
        assertThat(secrets.of(new ClientId("blog"))).isEmpty();
        assertThat(secrets.of(new ClientId("other"))).isEmpty();
    }

    private static FacadeConfig.Client inFile(Path file) {
        return new Client(Optional.empty(), Optional.of(file), Optional.empty());
    }

    @Test
    void a_secret_file_is_read_again_each_time(@TempDir Path directory) throws IOException {
        Path file = closed(directory.resolve("shop"), "old\n");
        var secrets = ClientSettings.clientSecrets(Map.of("shop", inFile(file)), Optional.empty(), FILES, false);
        ClientId shop = new ClientId("shop");
        ClientSecrets before = secrets.now();
        assertThat(before.of(shop)).hasValue(new Secret("old"));
        assertThat(secrets.now()).isEqualTo(before);

        Files.writeString(file, "new\r\n");

        assertThat(before.of(shop)).as("what was read does not change").hasValue(new Secret("old"));
        assertThat(secrets.now()).isNotEqualTo(before);
        assertThat(secrets.now().of(shop)).hasValue(new Secret("new"));
    }

    /** A file may be empty for a moment while it is replaced. */
    @Test
    void the_last_secret_is_used_while_its_file_is_unreadable(@TempDir Path directory) throws IOException {
        Path file = closed(directory.resolve("shop"), "old");
        var secrets = ClientSettings.clientSecrets(Map.of("shop", inFile(file)), Optional.empty(), FILES, false);
        ClientSecrets before = secrets.now();

        Files.writeString(file, "");
        assertThat(secrets.now()).isEqualTo(before);
        Files.delete(file);
        assertThat(secrets.now()).isEqualTo(before);

        closed(file, "new");
        assertThat(secrets.now().of(new ClientId("shop"))).hasValue(new Secret("new"));
    }

    @Test
    void a_file_without_a_secret_is_refused_at_start(@TempDir Path directory) throws IOException {
        Path empty = closed(directory.resolve("empty"), "\n");

        assertThatThrownBy(() ->
                        ClientSettings.clientSecrets(Map.of("shop", inFile(empty)), Optional.empty(), FILES, false))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("mca.clients.shop.secret-file")
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> ClientSettings.clientSecrets(
                        Map.of("shop", inFile(directory.resolve("none"))), Optional.empty(), FILES, false))
                .hasMessageContaining("mca.clients.shop.secret-file")
                .hasMessageContaining("there is no file");
    }

    @Test
    void a_secret_must_not_be_set_both_directly_and_in_a_file(@TempDir Path directory) throws IOException {
        Path file = closed(directory.resolve("shop"), "in the file");
        Client both = new Client(Optional.of("in the setting"), Optional.of(file), Optional.empty());

        assertThatThrownBy(() -> ClientSettings.clientSecrets(Map.of("shop", both), Optional.empty(), FILES, false))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("mca.clients.shop.secret-file")
                .hasMessageNotContaining("in the");
    }

    @Test
    void an_application_keeps_the_secret_that_it_has_and_others_get_derived_ones() {
        ApplicationSeals seals = seals(
                Map.of("shop", holding(OWN, OWN + "old"), "blog", new Client(Optional.of("s"), Optional.empty())));

        assertThat(seals.secrets(KeyHolder.application("shop")))
                .containsExactly(new Secret(OWN), new Secret(OWN + "old"));
        assertThat(seals.secrets(KeyHolder.application("blog"))).isEqualTo(MASTERS.ofApplication("blog"));
    }

    /** An application that shares a secret could forge sessions of another. */
    @HostileInput(row = 30, advisory = "a shared AUTH_SECRET")
    @Test
    void a_secret_of_two_applications_is_refused() {
        assertThatThrownBy(() -> seals(Map.of("shop", holding(OWN), "blog", holding(OWN))))
                .hasMessageContaining("auth-secret")
                .hasMessageContaining("no other")
                .hasMessageNotContaining(OWN);
        assertThatThrownBy(() -> seals(Map.of("shop", holding(MASTER))))
                .hasMessageContaining("mca.clients.shop.auth-secret")
                .hasMessageContaining("master")
                .hasMessageNotContaining(MASTER);
    }

    @Test
    void a_guessable_secret_is_refused() {
        assertThatThrownBy(() -> seals(Map.of("shop", holding("secret"))))
                .hasMessageContaining("mca.clients.shop.auth-secret");
    }
}
