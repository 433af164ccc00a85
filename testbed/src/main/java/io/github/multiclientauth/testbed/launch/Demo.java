package io.github.multiclientauth.testbed.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.facade.ApplicationSecret;
import io.github.multiclientauth.testbed.keycloak.KeycloakBackend;
import io.github.multiclientauth.testbed.process.Child;
import io.github.multiclientauth.testbed.process.StartFailedException;
import io.github.multiclientauth.testbed.proof.ProofFailedException;
import io.github.multiclientauth.testbed.proof.SignIn;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * {@code mvn -Pdemo}: starts everything, tests it by signing in, prints the addresses, and runs until Ctrl-C.
 *
 * <p>It runs inside Maven, which turns an exception of {@link #main} into a build failure. A person sees only the message.
 */
public final class Demo {

    /** With {@code -Ddemo.once=true} the demo ends after its test sign-ins, for scripts. */
    private static final String ONCE = "demo.once";

    /** One person for each provider. With the same e-mail address at two of them, Keycloak would first ask to link the accounts. */
    private static final Map<String, String> LOGINS =
            Map.of("github", "ada", "google", "grace", "facebook", "zoe", "linkedin", "hubot", "auth0", "ada-l");

    /** A development server that forwards to the demo may write its own {@code Host}, as Next.js does. */
    private static final Map<String, String> TRUSTS_THIS_MACHINE = Map.of(
            "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true",
            "QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED", "true",
            "QUARKUS_HTTP_PROXY_ENABLE_FORWARDED_HOST", "true",
            "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "127.0.0.1,::1");

    private final Properties properties;
    private final PrintStream screen;
    private final Testbed testbed;
    private final Artifacts artifacts;
    private final List<OwnApplication> own;

    private Demo(Properties properties, Map<String, String> environment, PrintStream screen) {
        this.properties = properties;
        this.screen = screen;
        this.artifacts = Artifacts.of(properties);
        Path logs = artifacts.workDirectory().resolve("logs").resolve("demo");
        this.testbed =
                new Testbed(Ports.of(properties), RunSecrets.random(environment), RealApps.of(environment), logs);
        this.own = OwnApplication.of(properties, testbed.addresses());
    }

    /** @throws DemoFailedException if something cannot start, ends by itself, or if a sign-in fails */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            new Demo(System.getProperties(), System.getenv(), System.out).run();
        } catch (IOException | StartFailedException | ProofFailedException failed) {
            throw new DemoFailedException(failed);
        }
    }

    private void run() throws IOException, InterruptedException {
        screen.println("Starting the demo; logs are in " + testbed.logs());
        Thread hook = new Thread(this::stop, "stop-demo");
        try (testbed) {
            Runtime.getRuntime().addShutdownHook(hook);
            testbed.start(
                    withTheDemosRealm(),
                    KeycloakBackend.zip(artifacts.keycloakHome(), artifacts.extensionJar()),
                    TRUSTS_THIS_MACHINE,
                    new Progress(line -> screen.println("  " + line)));
            prove();
            announce();
            if (!Boolean.parseBoolean(properties.getProperty(ONCE))) {
                stay(hook);
            }
        } finally {
            remove(hook);
        }
    }

    /** The realm with the developer's applications, and with access tokens for the dashboard, which no application has by default. */
    private Artifacts withTheDemosRealm() throws IOException {
        Path copy = artifacts.workDirectory().resolve("demo").resolve("realm.json");
        OwnApplication.realmWith(own, artifacts.realmFile(), copy);
        DemoTokens.allowIn(copy);
        return artifacts.with(copy);
    }

    private void prove() {
        screen.println("Signing in with every stand-in at both applications, without a browser");
        ProofTable table = new ProofTable();
        JsonNode example = null;
        for (String provider : Testbed.PROVIDERS) {
            if (testbed.real().include(provider)) {
                // Only the owner of the account can sign in there.
                table.addReal(provider, Testbed.PORTFOLIO, testbed.addresses().portfolio());
                table.addReal(provider, Testbed.DASHBOARD, testbed.addresses().dashboard());
                continue;
            }
            JsonNode session =
                    prove(provider, Testbed.PORTFOLIO, testbed.addresses().portfolio(), table);
            if (example == null) {
                example = session;
                screen.println(pretty(session));
            }
            prove(provider, Testbed.DASHBOARD, testbed.addresses().dashboard(), table);
        }
        screen.println(table);
        proveApi();
    }

    private void proveApi() {
        String provider = Testbed.PROVIDERS.stream()
                .filter(each -> !testbed.real().include(each))
                .findFirst()
                .orElse(null);
        if (provider == null) {
            return;
        }
        Visitor visitor = new Visitor();
        SignIn signIn = new SignIn(visitor, testbed.addresses().dashboard()).with(provider);
        JsonNode session = signIn.as(LOGINS.get(provider));
        JsonNode answer = visitor.get(signIn.at("/api/me")).json();
        expect(session, "id", answer.path("caller").asText());
        screen.println("The dashboard's API has got an access token of Keycloak, and the browser has not");
    }

    private JsonNode prove(String provider, String clientId, Origin application, ProofTable table) {
        JsonNode session = new SignIn(new Visitor(), application).with(provider).as(LOGINS.get(provider));
        expect(session, "provider", provider);
        expect(session, "clientId", clientId);
        expect(session, "clientOrigin", application.toString());
        table.add(provider, clientId, session.path("user"));
        return session;
    }

    private static void expect(JsonNode session, String claim, String value) {
        String found = session.path("user").path(claim).asText("nothing");
        if (!found.equals(value)) {
            throw new ProofFailedException("The session's " + claim + " should be " + value + ", but is " + found);
        }
    }

    private void announce() throws IOException, InterruptedException {
        List<String> logins =
                testbed.providers().people().all().stream().map(Person::login).toList();
        screen.println();
        screen.println(
                Announcement.of(testbed.addresses(), logins, testbed.secrets().administrator(), testbed.logs()));
        Testbed.PROVIDERS.stream()
                .filter(testbed.real()::include)
                .map(alias ->
                        Announcement.ofReal(alias, testbed.keycloak().issuer().toString()))
                .forEach(screen::println);
        announceOwn();
    }

    private void announceOwn() throws IOException, InterruptedException {
        Addresses demo = testbed.addresses();
        for (OwnApplication application : own) {
            Map<String, String> environment = application.environment(
                    testbed.keycloak().issuer().toString(),
                    demo.facade(),
                    Stream.concat(
                            Stream.of(demo.portfolio(), demo.dashboard()),
                            own.stream().map(OwnApplication::origin)),
                    ApplicationSecret.of(
                            artifacts.facadeJar(), testbed.secrets().auth(), application.clientId()));
            screen.println(Announcement.ofOwn(application, demo.facade(), environment));
        }
    }

    /** Waits until the process is told to end, or a child ends by itself. */
    private void stay(Thread hook) throws InterruptedException {
        Child ended = testbed.firstEnd().join();
        if (remove(hook)) {
            throw StartFailedException.of(ended, "ended by itself");
        }
        // Ctrl-C reaches every process of the terminal, so the child did not end by itself. The shutdown hook does the
        // rest.
        new CompletableFuture<Void>().join();
    }

    private void stop() {
        screen.println("Stopping");
        testbed.close();
        screen.println("Everything has stopped");
    }

    /** Returns whether that was possible. It is not when the process is already ending. */
    private static boolean remove(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return false;
        }
    }

    private static String pretty(JsonNode json) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json);
        } catch (JsonProcessingException treesAlwaysWork) {
            throw new IllegalStateException(treesAlwaysWork);
        }
    }
}
