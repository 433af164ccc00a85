package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.adopt.CommandLine.Command;
import io.github.multiclientauth.adopt.CommandLine.Extra;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    private static final Map<String, String> SECRET = Map.of("MCA_ADOPT_SECRET", "hidden");

    @TempDir
    Path directory;

    @Test
    void reads_all_options() {
        CommandLine line = parse("apply", "--clients", "shop, blog,shop", "--with", "picture,first-sign-in");

        assertThat(line.command()).isEqualTo(Command.APPLY);
        assertThat(line.server()).isEqualTo(URI.create("https://sso.example.com/"));
        assertThat(line.clients()).containsExactly("shop", "blog");
        assertThat(line.extras()).containsExactlyInAnyOrder(Extra.PICTURE, Extra.FIRST_SIGN_IN);
        assertThat(line.state()).isEqualTo(Path.of("multi-client-auth-staff.json"));
        assertThat(line.account().realm()).isEqualTo("master");
        assertThat(line.account().grant()).containsEntry("grant_type", "client_credentials");
    }

    @Test
    void reads_the_secret_from_a_file_without_its_line_end() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "of the file\n");

        assertThat(parse("plan", "--secret-file", file.toString())
                        .account()
                        .secret()
                        .value())
                .isEqualTo("of the file");
    }

    @Test
    void prints_no_secret() throws Exception {
        Path file = Files.writeString(directory.resolve("facade"), "of-the-facade");

        assertThat(parse("apply", "--facade-secret-file", file.toString()).toString())
                .doesNotContain("hidden")
                .doesNotContain("of-the-facade");
    }

    @Test
    void accepts_the_secret_that_the_facade_already_has() throws Exception {
        Path file = Files.writeString(directory.resolve("facade"), "of-the-facade\n");

        assertThat(parse("apply", "--facade-secret-file", file.toString()).facadeSecret())
                .hasValueSatisfying(secret -> assertThat(secret.value()).isEqualTo("of-the-facade"));
        assertThat(parse("apply").facadeSecret()).isEmpty();
        Files.writeString(file, "\n");
        assertThatThrownBy(() -> parse("apply", "--facade-secret-file", file.toString()))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("--facade-secret-file");
        assertThatThrownBy(() -> parse("undo", "--facade-secret-file", file.toString()))
                .isInstanceOf(WrongUsageException.class);
    }

    @Test
    void dry_run_is_possible_only_with_refresh_and_undo() {
        assertThat(parse("undo", "--dry-run").dryRun()).isTrue();
        assertThat(parse("refresh", "--dry-run", "--clients", "shop").dryRun()).isTrue();
        assertThat(parse("refresh").dryRun()).isFalse();
        assertThatThrownBy(() -> parse("apply", "--dry-run"))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("plan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--secret", "--password", "--client-secret", "--realms"})
    void refuses_unknown_options(String option) {
        assertThatThrownBy(() -> parse("plan", option, "x"))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining(option);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://sso.example.com", "ftp://localhost", "sso.example.com", "https:///x"})
    void refuses_a_server_without_tls(String server) {
        assertThatThrownBy(() -> CommandLine.parse(
                        List.of("plan", "--server", server, "--realm", "staff", "--client", "operator"), SECRET))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageContaining("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sso example.com",
                "https://sso.example.com:99999",
                "https://sso.example.com:abc",
                "https://key_cloak:8443",
                "https://alice:hidden@sso.example.com",
                "https://sso.example.com/?realm=staff",
                "https://sso.example.com/admin/master/console/#/staff",
                "https://sso.example.com/realms/staff",
                "https://[::1",
                "https:sso.example.com",
                "//sso.example.com",
                "%",
            })
    void refuses_an_unusable_url_with_a_sentence(String server) {
        List<String> line = List.of("plan", "--server", server, "--realm", "staff", "--client", "operator");

        assertThatThrownBy(() -> CommandLine.parse(line, SECRET))
                .isInstanceOf(WrongUsageException.class)
                .hasMessageStartingWith("--server ")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> parse("apply", "--facade", "shop.example.com")).hasMessageStartingWith("--facade ");
        assertThatThrownBy(() -> parse("apply", "--state", "a\0b")).hasMessageStartingWith("--state ");
    }

    @Test
    void refuses_a_file_without_certificates() throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate\n");

        for (String name : List.of(file.toString(), directory.resolve("none").toString(), directory.toString())) {
            assertThatThrownBy(() -> parse("plan", "--trusted-certificates", name))
                    .isInstanceOf(WrongUsageException.class)
                    .hasMessageContaining("--trusted-certificates");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080", "http://127.0.0.1:8080/", "http://[::1]:8080"})
    void accepts_this_machine_without_tls(String server) {
        assertThat(CommandLine.parse(
                                List.of("plan", "--server", server, "--realm", "staff", "--client", "operator"), SECRET)
                        .server()
                        .toString())
                .startsWith(server)
                .endsWith("/");
    }

    @Test
    void requires_a_secret_and_exactly_one_account() {
        List<String> line = List.of("plan", "--server", "https://sso.example.com", "--realm", "staff");

        assertThatThrownBy(() -> CommandLine.parse(line, SECRET)).hasMessageContaining("--client or --admin");
        assertThatThrownBy(() -> parse("plan", "--admin", "admin")).hasMessageContaining("--client or --admin");
        List<String> withClient = new ArrayList<>(line);
        withClient.addAll(List.of("--client", "operator"));
        assertThatThrownBy(() -> CommandLine.parse(withClient, Map.of())).hasMessageContaining("MCA_ADOPT_SECRET");
    }

    @Test
    void refuses_a_repeated_option() {
        assertThatThrownBy(() -> parse("plan", "--realm", "another")).hasMessageContaining("--realm stands twice");
        assertThatThrownBy(() -> parse("plan", "--state")).hasMessageContaining("--state has no value");
        assertThatThrownBy(() -> parse("remove")).hasMessageContaining("no command remove");
        assertThatThrownBy(() -> parse("plan", "--with", "pictures")).hasMessageContaining("pictures");
    }

    private static CommandLine parse(String command, String... more) {
        List<String> line = new ArrayList<>(
                List.of(command, "--server", "https://sso.example.com", "--realm", "staff", "--client", "operator"));
        line.addAll(List.of(more));
        return CommandLine.parse(line, SECRET);
    }
}
