package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.monitoring.Scrape;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A facade that runs as deploy/systemd says, and what Prometheus reads from it. */
@EndToEnd
class OperationIT {

    private static final Path DEPLOY = Path.of(System.getProperty("testbed.root"), "deploy", "systemd");

    private final Chain chain;
    private final Ports ports = Ports.free();
    private final Origin application = new Origin("http", "localhost", ports.facade());
    private final String clientId = MadeClient.id();
    private JavaChild facade;

    @TempDir
    private Path directory;

    OperationIT(Chain chain) throws IOException {
        this.chain = chain;
    }

    @BeforeEach
    void start() throws IOException {
        chain.administrator().createPlainClient(clientId, MadeClient.application(application));
        chain.administrator().optIn(clientId);
        facade = JavaChild.start(
                "The facade", command(), environment(), chain.logs().resolve("facade-unit.log"));
        new Readiness().await(facade, management("/q/health/ready"), 200, Duration.ofMinutes(1), passed -> {});
    }

    @AfterEach
    void stop() {
        facade.close();
        chain.administrator().deleteClient(clientId);
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void the_unit_starts_a_facade_with_a_key_of_its_own_and_knows_its_exit_status() throws Exception {
        assertThat(directory.resolve("keys.json")).isRegularFile();

        ProcessHandle.of(facade.pid()).orElseThrow().destroy();

        assertThat(settings("SuccessExitStatus")).contains(Integer.toString(facade.await(passed -> {})));
    }

    /** Rules and dashboard are held to what is recorded. To record it anew, run this alone with -Dreference.write. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void prometheus_reads_what_rules_and_dashboard_ask_for() throws Exception {
        Person person = chain.somebody();
        Visitor visitor = chain.visitor();
        Auth auth = new Auth(visitor, application);
        Answer consent = visitor.browse(auth.at("signin/github?callbackUrl=%2Fapi%2Fauth%2Fsession"));
        visitor.follow(visitor.press(consent, "button[name=login][value=" + person.login() + "]"));
        assertThat(auth.session().path("user").path("email").asText()).isEqualTo(person.email());
        auth.update("{}");
        auth.signOut();
        send(HttpRequest.newBuilder(auth.at("backchannel-logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("logout_token=none"))
                .build());

        Scrape scrape =
                Scrape.of(send(HttpRequest.newBuilder(management("/q/metrics")).build()));

        if (System.getProperty("reference.write") != null) {
            scrape.record();
        }
        assertThat(scrape.missing()).isEmpty();
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private URI management(String path) {
        return URI.create("http://127.0.0.1:" + ports.facadeManagement() + path);
    }

    /** The command of the unit, at this machine's places, with a lifeline. */
    private static List<String> command() throws IOException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        List<String> command =
                new ArrayList<>(List.of(settings("ExecStart").get(0).split(" ")));
        assertThat(command).startsWith("/usr/bin/java").endsWith("/opt/multi-client-auth/quarkus-run.jar");
        command.set(0, JavaChild.java().toString());
        command.set(command.size() - 1, artifacts.facadeJar().toString());
        command.add(1, JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")));
        return command;
    }

    /** What the unit and the example of its environment file set, with this test's places. */
    private Map<String, String> environment() throws IOException {
        Files.writeString(directory.resolve("auth-secret"), chain.secrets().auth());
        // As systemd hands credentials to a service.
        Files.setPosixFilePermissions(directory.resolve("auth-secret"), PosixFilePermissions.fromString("r--------"));
        Map<String, String> environment = new HashMap<>();
        try (Stream<String> lines = Files.lines(DEPLOY.resolve("facade.env"))) {
            Stream.concat(
                            lines.filter(line -> !line.isEmpty() && !line.startsWith("#")),
                            settings("Environment").stream())
                    .map(line -> line.replace("%d", directory.toString())
                            .replace("/var/lib/multi-client-auth", directory.toString())
                            .split("=", 2))
                    .forEach(setting -> environment.put(setting[0], setting[1]));
        }
        assertThat(environment).containsKey("MCA_ISSUER");
        environment.put("MCA_ISSUER", chain.issuer().toString());
        environment.put("MCA_DIRECTORY_CLIENT_SECRET", chain.secrets().facadeAccount());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.facade()));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.facadeManagement()));
        environment.putAll(OwnFacade.POLLING_OFTEN);
        return environment;
    }

    /** All values of a setting in the unit. */
    private static List<String> settings(String name) throws IOException {
        try (Stream<String> lines = Files.lines(DEPLOY.resolve("multi-client-auth-facade.service"))) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .toList();
        }
    }
}
