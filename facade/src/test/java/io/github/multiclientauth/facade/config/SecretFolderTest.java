package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.fake.LogLines;
import io.github.multiclientauth.facade.seal.FileAccess;
import io.github.multiclientauth.facade.seal.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFolderTest {

    private static final SecretFiles FILES = new SecretFiles(FileAccess.OWNER_ALONE);
    private static final ClientId SHOP = new ClientId("shop");

    private final LogLines log = new LogLines();

    @TempDir
    Path folder;

    @BeforeEach
    void listen() {
        log.listen();
    }

    @AfterEach
    void unlisten() {
        log.close();
    }

    private List<String> reported() {
        return log.lines().stream().filter(line -> line.contains("MCA00207")).toList();
    }

    private ClientSecrets secrets() {
        return ClientSettings.clientSecrets(Map.of(), Optional.of(folder), FILES, false);
    }

    private static Path write(Path file, String content) throws IOException {
        return Files.setPosixFilePermissions(
                Files.writeString(file, content), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_new_application_needs_no_restart() throws IOException {
        ClientSecrets secrets = secrets();
        ClientSecrets before = secrets.now();
        assertThat(before.of(SHOP)).isEmpty();

        write(folder.resolve("shop"), "of the shop\n");

        assertThat(secrets.now()).isNotEqualTo(before).isEqualTo(secrets.now());
        assertThat(secrets.now().of(SHOP)).hasValue(new Secret("of the shop"));
        Files.delete(folder.resolve("shop"));
        assertThat(secrets.now().of(SHOP)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "shop, shop",
        "my.shop_2-x, my.shop_2-x",
        "my%20shop, my shop",
        "my shop, my shop",
        "a+b, a+b",
        "https:%2F%2Fshop.example.com%2F, https://shop.example.com/",
        "https%3A%2F%2Fshop.example.com%2f, https://shop.example.com/",
        "100%25, 100%",
        "caf%C3%A9, café",
        "%2Ehidden, .hidden",
        "%2E%2E, ..",
        "%2e%2e%2fetc, ../etc",
    })
    void the_name_of_a_file_is_the_client_id(String fileName, String clientId) {
        assertThat(SecretFolder.clientId(fileName)).hasValue(new ClientId(clientId));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "a%2", "a%zz", "caf%E9", "a%0Ab", "%20", "%"})
    void other_names_are_no_client_ids(String fileName) {
        assertThat(SecretFolder.clientId(fileName)).isEmpty();
    }

    /** Kubernetes: each file is a link into the folder ..data, which is a link that is replaced as a whole. */
    @Test
    void a_mounted_secret_of_kubernetes_changes_as_a_whole() throws IOException {
        mount("..2026_11_30_1", Map.of("shop", "old", "blog", "old too\n"));
        Files.createSymbolicLink(folder.resolve("shop"), Path.of("..data", "shop"));
        Files.createSymbolicLink(folder.resolve("blog"), Path.of("..data", "blog"));
        ClientSecrets secrets = secrets();
        assertThat(secrets.now().of(SHOP)).hasValue(new Secret("old"));
        assertThat(secrets.now().of(new ClientId("blog"))).hasValue(new Secret("old too"));

        mount("..2026_11_30_2", Map.of("shop", "new", "wiki", "first"));
        assertThat(secrets.now().of(SHOP)).hasValue(new Secret("new"));
        Files.createSymbolicLink(folder.resolve("wiki"), Path.of("..data", "wiki"));
        Files.delete(folder.resolve("blog"));

        assertThat(secrets.now().of(new ClientId("wiki"))).hasValue(new Secret("first"));
        assertThat(secrets.now().of(new ClientId("blog"))).isEmpty();
        assertThat(secrets.now().of(new ClientId("..data"))).isEmpty();
    }

    private void mount(String version, Map<String, String> content) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(version));
        for (Map.Entry<String, String> each : content.entrySet()) {
            write(directory.resolve(each.getKey()), each.getValue());
        }
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(version));
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void an_unusable_file_costs_only_its_own_client_and_is_reported_once() throws IOException {
        write(folder.resolve("shop"), "of the shop");
        write(folder.resolve("blog"), "of the blog");
        write(folder.resolve("empty"), "\n");
        Files.createDirectory(folder.resolve("lost+found"));
        ClientSecrets secrets = secrets();

        assertThat(secrets.now().of(SHOP)).hasValue(new Secret("of the shop"));
        assertThat(secrets.now().of(new ClientId("empty"))).isEmpty();
        assertThat(reported()).singleElement().asString().contains("empty").doesNotContain("of the");

        Files.setPosixFilePermissions(folder.resolve("shop"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(secrets.now().of(SHOP)).as("the last one").hasValue(new Secret("of the shop"));
        assertThat(secrets.now().of(new ClientId("blog"))).hasValue(new Secret("of the blog"));
        assertThat(reported()).hasSize(2).last().asString().contains("shop", "chmod 600");
    }

    @Test
    void of_two_files_for_one_client_none_is_used() throws IOException {
        write(folder.resolve("my shop"), "one");
        write(folder.resolve("my%20shop"), "another");

        assertThat(secrets().now().of(new ClientId("my shop"))).isEmpty();
        assertThat(reported()).singleElement().asString().contains("my shop", "none of them is used");
    }

    @Test
    void the_last_secrets_are_used_while_the_folder_is_away() throws IOException {
        write(folder.resolve("shop"), "of the shop");
        ClientSecrets secrets = secrets();
        ClientSecrets before = secrets.now();
        Path elsewhere = folder.resolveSibling(folder.getFileName() + "-away");

        Files.move(folder, elsewhere);
        assertThat(secrets.now()).isEqualTo(before);
        assertThat(reported()).singleElement().asString().contains("there is no folder");

        Files.move(elsewhere, folder);
        assertThat(secrets.now()).isEqualTo(before);
    }

    @Test
    void a_setting_of_a_client_counts_before_the_folder() throws IOException {
        write(folder.resolve("shop"), "in the folder");
        FacadeConfig.Client setting = new FacadeConfig.Client() {
            @Override
            public Optional<String> secret() {
                return Optional.of("in the setting");
            }

            @Override
            public Optional<Path> secretFile() {
                return Optional.empty();
            }

            @Override
            public Optional<List<String>> authSecret() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> authSecretFile() {
                return Optional.empty();
            }
        };

        assertThat(ClientSettings.clientSecrets(Map.of("shop", setting), Optional.of(folder), FILES, false)
                        .now()
                        .of(SHOP))
                .hasValue(new Secret("in the setting"));
    }

    @Test
    void a_folder_that_is_not_there_is_refused_at_start() {
        assertThatThrownBy(
                        () -> ClientSettings.clientSecrets(Map.of(), Optional.of(folder.resolve("none")), FILES, false))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("mca.client-secrets.directory")
                .hasMessageContaining("there is no folder");
    }
}
