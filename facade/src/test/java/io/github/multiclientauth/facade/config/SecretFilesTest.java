package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.FileAccess;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.seal.MasterSecrets;
import io.github.multiclientauth.facade.seal.Secret;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilesTest {

    private static final String SECRET = "Zq7vK2mXw9PtR4sYb6NcLd1FhGjUe8Ao";

    private static final SecretFiles FILES = new SecretFiles(FileAccess.OWNER_ALONE);

    @TempDir
    Path directory;

    private Path file(String content) {
        return file(content.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(byte[] content) {
        try {
            Path file = Files.write(directory.resolve("secret"), content);
            return mode(file, "rw-------");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path mode(Path file, String permissions) {
        try {
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Function<String, String> variables(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return FILES.variables(variables::get);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void a_variable_may_name_a_file_with_or_without_a_newline_at_its_end(String end) {
        Path file = file(SECRET + end);

        assertThat(variables("AUTH_SECRET_FILE", file.toString()).apply("AUTH_SECRET"))
                .isEqualTo(SECRET);
    }

    @Test
    void nothing_else_is_taken_off() {
        Path file = file(" secret \n\n");

        assertThat(variables("AUTH_SECRET_FILE", file.toString()).apply("AUTH_SECRET"))
                .isEqualTo(" secret \n");
    }

    @Test
    void a_secret_may_be_in_the_variable_itself() {
        assertThat(variables("AUTH_SECRET", SECRET, "AUTH_SECRET_FILE", "").apply("AUTH_SECRET"))
                .isEqualTo(SECRET);
        assertThat(variables().apply("AUTH_SECRET")).isNull();
    }

    @Test
    void each_master_may_be_in_a_file_of_its_own() {
        Path file = file(SECRET + "new\n");

        MasterSecrets masters =
                MasterSecrets.read(variables("AUTH_SECRET", SECRET, "AUTH_SECRET_1_FILE", file.toString()));

        assertThat(masters.ofApplication("shop"))
                .hasSize(2)
                .first()
                .isEqualTo(MasterSecrets.read(Map.of("AUTH_SECRET", SECRET + "new")::get)
                        .ofApplication("shop")
                        .get(0));
    }

    @Test
    void setting_both_the_variable_and_the_file_is_refused() {
        Path file = file(SECRET);

        assertThatThrownBy(() -> variables("AUTH_SECRET", SECRET, "AUTH_SECRET_FILE", file.toString())
                        .apply("AUTH_SECRET"))
                .hasMessageContaining("AUTH_SECRET_FILE")
                .hasMessageContaining("too many")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(
                        () -> variables("AUTH_SECRET_FILE", missing.toString()).apply("AUTH_SECRET"))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessage("AUTH_SECRET_FILE: there is no file " + missing);
        assertThatThrownBy(() ->
                        variables("AUTH_SECRET_FILE", directory.toString()).apply("AUTH_SECRET"))
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> variables("AUTH_SECRET_FILE", "\0").apply("AUTH_SECRET"))
                .hasMessage("AUTH_SECRET_FILE: is no path of a file");
    }

    @Test
    void a_file_that_cannot_hold_a_secret_is_refused_and_never_repeated() {
        assertThatThrownBy(() -> ClientSettings.secret("mca.x", Optional.empty(), Optional.of(file("\n")), FILES))
                .hasMessageStartingWith("mca.x-file: ")
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> ClientSettings.secret(
                        "mca.x",
                        Optional.empty(),
                        Optional.of(file(SECRET.repeat(8 * 1024 / SECRET.length()) + "!")),
                        FILES))
                .hasMessageContaining("larger than")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> ClientSettings.secret(
                        "mca.x", Optional.empty(), Optional.of(file(new byte[] {'S', 'e', (byte) 0xff, 'c'})), FILES))
                .hasMessageContaining("no text")
                .hasMessageNotContaining("Se");
    }

    /** Environment variables have neither dots nor small letters. */
    @Test
    void secrets_of_clients_and_of_the_facades_account_may_be_in_files_too() {
        String file = file(SECRET + "\n").toString();
        FacadeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(FacadeConfig.class)
                .withSources(new EnvConfigSource(
                        Map.of(
                                "MCA_ISSUER", "https://id.example.com/realms/example",
                                "MCA_DIRECTORY_CLIENT_SECRET_FILE", file,
                                "MCA_CLIENTS_SHOP_SECRET_FILE", file,
                                "MCA_CLIENTS_SHOP_AUTH_SECRET_FILE", file),
                        300))
                .build()
                .getConfigMapping(FacadeConfig.class);

        assertThat(ClientSettings.secret(
                                "mca.directory.client-secret",
                                config.directory().clientSecret(),
                                config.directory().clientSecretFile(),
                                FILES)
                        .map(Supplier::get)
                        .map(Secret::reveal))
                .hasValue(SECRET);
        assertThat(ClientSettings.clientSecrets(config.clients(), Optional.empty(), FILES, false)
                        .of(new ClientId("shop")))
                .hasValue(new Secret(SECRET));
        MasterSecrets masters = MasterSecrets.read(Map.of("AUTH_SECRET", SECRET + "master")::get);
        assertThat(new ApplicationSeals(
                                ClientSettings.applicationSecrets(config.clients(), FILES, masters), new SecureRandom())
                        .secrets(KeyHolder.application("shop")))
                .containsExactly(new Secret(SECRET));
    }

    @Test
    void several_secrets_of_an_application_are_separated_by_commas() {
        assertThat(FILES.secrets("mca.x", Optional.empty(), Optional.of(file("one, two,\n"))))
                .hasValue(List.of("one", "two"));
    }

    @Test
    void a_file_that_others_may_read_is_refused_and_never_repeated() {
        Path file = mode(file(SECRET), "rw-r--r--");

        assertThatThrownBy(() -> variables("AUTH_SECRET_FILE", file.toString()).apply("AUTH_SECRET"))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageStartingWith("AUTH_SECRET_FILE: " + file + " is open to other users (mode 644)")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> ClientSettings.secret("mca.x", Optional.empty(), Optional.of(file), FILES))
                .hasMessageStartingWith("mca.x-file: " + file + " is open to other users");
    }

    @Test
    void a_file_that_others_may_read_is_taken_where_the_operator_allows_it() {
        Path file = mode(file(SECRET), "r--r--r--");

        assertThat(new SecretFiles(FileAccess.ANYBODY)
                        .variables(Map.of("AUTH_SECRET_FILE", file.toString())::get)
                        .apply("AUTH_SECRET"))
                .isEqualTo(SECRET);
    }

    @Test
    void a_file_that_is_opened_to_others_while_the_facade_runs_keeps_its_old_secret() {
        Path file = file(SECRET);
        Supplier<Secret> secret = ClientSettings.secret("mca.x", Optional.empty(), Optional.of(file), FILES)
                .orElseThrow();

        mode(file("another secret"), "rw-r--r--");
        assertThat(secret.get()).isEqualTo(new Secret(SECRET));

        mode(file, "rw-------");
        assertThat(secret.get()).isEqualTo(new Secret("another secret"));
    }
}
