package io.github.multiclientauth.testbed.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code deploy/prepare} and nginx' start script without containers, in a copy of the project made with umask 077. It is in the
 * group of ComposeIT, because it does not depend on the version of Keycloak.
 */
@Tag("compose")
class DeployIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    private Path work;

    private Path project;
    private Command command;

    @BeforeEach
    void copy_what_is_needed() throws IOException {
        project = Files.createDirectory(work.resolve("project"));
        command = new Command(project, work.resolve("log"));
        Path root = Path.of(System.getProperty("testbed.root"));
        closed(
                "cp",
                "-r",
                root.resolve("deploy").toString(),
                root.resolve("realm-config").toString(),
                ".");
    }

    @Test
    void containers_can_read_only_their_files_under_umask_077() throws IOException {
        prepare("--demo");

        assertThat(modes())
                .containsEntry(".env", "rw-------")
                .containsEntry("secrets", "rwx------")
                .containsEntry("secrets/auth-secret", "rw-r-----")
                .containsEntry("secrets/facade-client-secret", "rw-r-----")
                .containsEntry("secrets/portfolio-client-secret", "rw-r-----")
                .containsEntry("secrets/dashboard-client-secret", "rw-r-----")
                .containsEntry("secrets/keycloak.conf", "rw-r-----")
                .containsEntry("secrets/providers.env", "rw-r-----")
                .containsEntry("secrets/server.pem", "rw-r--r--")
                .containsEntry("secrets/server.key", "rw-r-----")
                .containsEntry("secrets/authority.pem", "rw-r--r--")
                .containsEntry("secrets/stand-ins.pem", "rw-r--r--")
                .containsEntry("secrets/stand-ins.key", "rw-r-----")
                .containsEntry("secrets/trusted", "rwxr-xr-x")
                .containsEntry("secrets/trusted/authority.pem", "rw-r--r--")
                .containsEntry("secrets/trusted/stand-ins.pem", "rw-r--r--")
                .containsEntry("deploy/nginx", "rwxr-xr-x")
                .containsEntry("deploy/nginx/nginx.conf", "rw-r--r--")
                .containsEntry("deploy/nginx/start.sh", "rw-r--r--")
                .containsEntry("deploy/keycloak", "rwxr-xr-x")
                .containsEntry("deploy/keycloak/start.sh", "rw-r--r--")
                .containsEntry("realm-config/multi-client-auth-realm.json", "rw-r--r--");
        assertThat(modes().entrySet().stream()
                        .filter(file -> !file.getValue().endsWith("---"))
                        .map(Map.Entry::getKey)
                        .filter(name -> !name.isEmpty()
                                && !name.startsWith("deploy/nginx")
                                && !name.startsWith("deploy/keycloak")
                                && !name.startsWith("realm-config")))
                .containsExactlyInAnyOrder(
                        "secrets/server.pem",
                        "secrets/authority.pem",
                        "secrets/stand-ins.pem",
                        "secrets/trusted",
                        "secrets/trusted/authority.pem",
                        "secrets/trusted/stand-ins.pem");
    }

    @Test
    void a_renewal_fixes_permissions_of_an_earlier_version() throws IOException {
        prepare();
        Files.setPosixFilePermissions(project.resolve("secrets/trusted"), PosixFilePermissions.fromString("rwx------"));

        prepare("--renew");

        assertThat(modes()).containsEntry("secrets/trusted", "rwxr-xr-x");
    }

    /** "docker inspect" prints the environment of containers. */
    @Test
    void the_settings_of_compose_have_no_secret_except_that_of_the_database() throws IOException {
        prepare("--demo", "--admin", "10.1.2.0/24", "--admin", "2001:db8::/48");

        Properties settings = Composed.variables(project.resolve(".env"));
        assertThat(settings.stringPropertyNames())
                .filteredOn(name -> name.endsWith("SECRET") || name.endsWith("PASSWORD"))
                .containsExactly("POSTGRES_PASSWORD");
        assertThat(settings.getProperty("ADMIN_NETWORKS")).isEqualTo("10.1.2.0/24,2001:db8::/48");
        assertThat(Composed.variables(project.resolve("secrets/keycloak.conf")))
                .containsOnlyKeys("db-password", "bootstrap-admin-password")
                .containsEntry("db-password", settings.getProperty("POSTGRES_PASSWORD"));
        assertThat(Stream.of("auth-secret", "facade-client-secret", "portfolio-client-secret")
                        .map(name -> contents("secrets/" + name)))
                .doesNotHaveDuplicates()
                .allMatch(secret -> secret.matches("[0-9a-f]{64}"));
    }

    @Test
    void there_are_no_administrators_by_default() throws IOException {
        prepare();

        assertThat(Composed.variables(project.resolve(".env"))).containsEntry("ADMIN_NETWORKS", "");
        assertThat(refused("--into", "other", "--admin", "everybody; x")).contains("--admin must be a network");
    }

    @Test
    void a_renewal_moves_secrets_of_an_earlier_version_from_the_settings_into_files() throws IOException {
        prepare();
        Path file = project.resolve(".env");
        Map<String, String> before = contents();
        Map<String, String> earlier = Map.of(
                "AUTH_SECRET", contents("secrets/auth-secret"),
                "FACADE_CLIENT_SECRET", contents("secrets/facade-client-secret"),
                "PORTFOLIO_CLIENT_SECRET", contents("secrets/portfolio-client-secret"),
                "DASHBOARD_CLIENT_SECRET", contents("secrets/dashboard-client-secret"),
                "KEYCLOAK_ADMIN_PASSWORD",
                        Composed.variables(project.resolve("secrets/keycloak.conf"))
                                .getProperty("bootstrap-admin-password"));
        String withSecrets = Files.readString(file).replaceAll("(?m)^(SECRETS_GROUP|ADMIN_NETWORKS)=.*\n", "")
                + earlier.entrySet().stream().map(entry -> entry + "\n").collect(Collectors.joining());
        Files.writeString(file, withSecrets);
        for (String made : List.of("auth-secret", "facade-client-secret", "keycloak.conf")) {
            Files.delete(project.resolve("secrets/" + made));
        }
        Files.setPosixFilePermissions(
                project.resolve("secrets/providers.env"), PosixFilePermissions.fromString("rw-------"));

        prepare("--renew");

        for (String moved : List.of("auth-secret", "facade-client-secret", "keycloak.conf")) {
            assertThat(contents("secrets/" + moved))
                    .as(moved)
                    .isEqualTo(before.get("secrets/" + moved).strip());
        }
        assertThat(Composed.variables(file))
                .containsKeys("SECRETS_GROUP", "ADMIN_NETWORKS", "POSTGRES_PASSWORD")
                .doesNotContainKeys(earlier.keySet().toArray(new Object[0]));
        assertThat(modes()).containsEntry("secrets/providers.env", "rw-r-----").containsEntry(".env", "rw-------");
    }

    @Test
    void a_renewal_replaces_the_certificates_and_nothing_else() throws Exception {
        prepare("--demo", "--domain", "example.com");
        Map<String, String> before = contents();
        X509Certificate formerAuthority = certificate("secrets/authority.pem");
        List<String> formerNames = names("secrets/server.pem");

        String said = prepare("--renew");

        assertThat(said).contains("docker compose up -d --force-recreate keycloak nginx facade-1 facade-2 demo");
        assertThat(contents().entrySet().stream()
                        .filter(file -> !file.getValue().equals(before.get(file.getKey())))
                        .map(Map.Entry::getKey))
                .containsExactly(
                        "secrets/authority.pem",
                        "secrets/server.key",
                        "secrets/server.pem",
                        "secrets/stand-ins.key",
                        "secrets/stand-ins.pem",
                        "secrets/trusted/authority.pem",
                        "secrets/trusted/stand-ins.pem");
        assertThat(contents()).containsOnlyKeys(before.keySet());
        X509Certificate server = certificate("secrets/server.pem");
        server.verify(certificate("secrets/authority.pem").getPublicKey());
        assertThatThrownBy(() -> server.verify(formerAuthority.getPublicKey())).isInstanceOf(SignatureException.class);
        certificate("secrets/stand-ins.pem")
                .verify(certificate("secrets/trusted/stand-ins.pem").getPublicKey());
        assertThat(names("secrets/server.pem")).isEqualTo(formerNames);
    }

    @Test
    void a_renewal_keeps_added_names() throws Exception {
        prepare("--domain", "example.com");

        prepare("--renew", "--name", "shop");
        prepare("--renew", "--name", "shop.example.com", "--name", "news");

        assertThat(names("secrets/server.pem"))
                .containsExactly(
                        "id.example.com",
                        "portfolio.example.com",
                        "dashboard.example.com",
                        "providers.example.com",
                        "shop.example.com",
                        "news.example.com");
    }

    @Test
    void only_a_certificate_of_the_user_replaces_one_of_the_user() throws Exception {
        prepare("--into", "other");
        Path own = project.resolve("other/secrets");
        String pem = own.resolve("server.pem").toString();
        String key = own.resolve("server.key").toString();
        prepare("--certificate", pem, "--key", key);
        Map<String, String> before = contents();

        assertThat(refused("--renew")).contains("is your own");
        assertThat(refused("--renew", "--certificate", pem, "--key", key, "--authority", pem))
                .contains("TRUSTED_CERTIFICATES");
        assertThat(contents()).isEqualTo(before);

        prepare("--renew", "--into", "other");
        prepare("--renew", "--certificate", pem, "--key", key);
        assertThat(project.resolve("secrets/server.pem"))
                .hasSameTextualContentAs(own.resolve("server.pem"))
                .content()
                .isNotEqualTo(before.get("secrets/server.pem"));
    }

    /** Otherwise nginx would not start again, and the valid pair would be lost. */
    @Test
    void a_key_of_another_certificate_is_refused_before_anything_is_written() throws Exception {
        prepare("--into", "other");
        prepare("--into", "third");
        String pem = project.resolve("other/secrets/server.pem").toString();
        prepare(
                "--certificate",
                pem,
                "--key",
                project.resolve("other/secrets/server.key").toString());
        Map<String, String> before = contents();

        String wrong = project.resolve("third/secrets/server.key").toString();
        assertThat(refused("--renew", "--certificate", pem, "--key", wrong)).contains("is not the private key");
        assertThat(refused("--renew", "--certificate", wrong, "--key", wrong)).contains("is not the private key");
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void a_domain_may_be_as_long_as_dns_allows() throws Exception {
        String domain = String.join(".", "a".repeat(60), "b".repeat(60), "c".repeat(60), "d".repeat(60));

        prepare("--domain", domain);

        assertThat(names("secrets/server.pem")).contains("dashboard." + domain);
        assertThat(refused("--into", "other", "--domain", domain + "d")).contains("at most 243");
    }

    @Test
    void the_next_command_names_another_directory() throws IOException {
        assertThat(prepare("--into", "other"))
                .contains("docker compose --env-file " + project.toRealPath().resolve("other/.env") + " up");
    }

    @Test
    void nginx_reports_that_an_upstream_must_not_be_a_url() throws IOException {
        prepare();
        Properties settings = Composed.variables(project.resolve(".env"));
        settings.setProperty("PORTFOLIO_UPSTREAM", "http://portfolio:3000");
        List<String> start = Stream.concat(
                        Stream.concat(
                                Stream.of("env"),
                                settings.stringPropertyNames().stream()
                                        .filter(name -> name.endsWith("_HOST")
                                                || name.endsWith("_UPSTREAM")
                                                || name.equals("HTTPS_PORT"))
                                        .map(name -> name + "=" + settings.getProperty(name))),
                        Stream.of("sh", "deploy/nginx/start.sh"))
                .toList();

        Command.Outcome outcome = command.attempt(LIMIT, start);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.output()).contains("PORTFOLIO_UPSTREAM must be HOST:PORT, without http://");
    }

    private String prepare(String... options) {
        return closed(Engine.concat(List.of("deploy/prepare"), options).toArray(String[]::new));
    }

    private String refused(String... options) {
        Command.Outcome outcome = command.attempt(LIMIT, Engine.concat(List.of("deploy/prepare"), options));
        assertThat(outcome.status()).isEqualTo(1);
        return outcome.output();
    }

    private String closed(String... program) {
        return command.run(LIMIT, Engine.concat(List.of("bash", "-c", "umask 077; exec \"$@\"", "closed"), program));
    }

    private Map<String, String> modes() throws IOException {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> all = Files.walk(project)) {
            for (Path path : all.toList()) {
                modes.put(
                        project.relativize(path).toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            }
        }
        return modes;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String path : modes().keySet()) {
            if (Files.isRegularFile(project.resolve(path))) {
                contents.put(path, Files.readString(project.resolve(path)));
            }
        }
        return contents;
    }

    private String contents(String path) {
        try {
            return Files.readString(project.resolve(path)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509Certificate certificate(String path) throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(project.resolve(path))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
    }

    private List<String> names(String path) throws IOException, GeneralSecurityException {
        return certificate(path).getSubjectAlternativeNames().stream()
                .map(name -> (String) name.get(1))
                .toList();
    }
}
