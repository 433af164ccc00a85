package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.OwnApplication;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.launch.Running;
import io.github.multiclientauth.testbed.npm.Examples;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.process.Readiness;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Builds and runs each example of docs/how-to/frameworks/ in a real Chromium, as an application that a developer has registered in the demo.
 * {@link NextJsIT} does the same with Next.js, {@link SdkIT} with plain HTML.
 */
// Slow: it installs and builds the frameworks.
@EndToEnd
class FrameworksIT {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    @RegisterExtension
    static final Started STARTED = new Started();

    private static Chromium chromium;
    private static Examples examples;

    private final Chain chain;
    private final Person person;

    FrameworksIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    /**
     * An example.
     *
     * @param build the command that builds it; empty if the other one does
     * @param serve the command that serves it; {@code PORT} is the port
     * @param server the path where its server shows who is signed in; empty if it has only pages
     */
    private record Example(String name, String build, String serve, String server) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Example> examples() {
        String preview = "vite preview --host 127.0.0.1 --port PORT --strictPort";
        return List.of(
                new Example("vite-react", "vite build", preview, ""),
                new Example("vite-vue", "vite build", preview, ""),
                new Example("sveltekit", "vite build", preview, "/"),
                new Example("react-router", "react-router build", "react-router dev --host 127.0.0.1 --port PORT", "/"),
                new Example("astro", "astro build", "astro dev --host 127.0.0.1 --port PORT", "/"),
                new Example("express", "", "server.js", "/me"));
    }

    @BeforeAll
    static void install() throws Exception {
        NodeJs node = NodeJs.installed();
        chromium = STARTED.add(Chromium.start());
        examples = new Examples(
                node,
                Path.of("..").toAbsolutePath().normalize(),
                Path.of(System.getProperty("testbed.npm.directory"), "examples"));
        examples.install();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void a_user_signs_in_and_out(Example example) throws Exception {
        if (!example.build().isEmpty()) {
            examples.build(example.name(), words(example.build()));
        }
        try (Running running = new Running();
                BrowserContext context = chromium.browser().newContext()) {
            OwnApplication application = register(example, running);
            Map<String, String> environment = environment(application);
            start(example, application, environment, running);
            List<String> errors = new CopyOnWriteArrayList<>();
            Page page = context.newPage();
            page.onPageError(errors::add);

            page.navigate(application.origin() + "/");
            click(page, "Sign in with GitHub", "button[name=login][value=" + person.login() + "]");
            page.locator("button[name=login][value=" + person.login() + "]").click();
            assertThat(page).hasURL(application.origin() + "/");
            assertThat(page.getByText("Hello, " + person.displayName())).isVisible();
            if (!example.server().isEmpty()) {
                assertThat(context.request()
                                .get(application.origin() + example.server())
                                .text())
                        .as("what the server sees")
                        .contains(person.displayName());
            }
            checkFindsNothingWrong(example, environment);
            click(page, "Sign out", "text=Sign in with GitHub");
            assertThat(context.request()
                            .get(application.origin() + "/api/auth/session")
                            .text())
                    .isEqualTo("null");
            assertThat(errors).isEmpty();
        }
    }

    private OwnApplication register(Example example, Running running) {
        OwnApplication application = new OwnApplication(
                "my-" + example.name(),
                new Origin("http", "localhost", Ports.free().portfolio()));
        chain.administrator().post("/clients", application.client());
        running.add(() -> chain.administrator().deleteClient(application.clientId()));
        return application;
    }

    /** What the demo prints for the application. */
    private Map<String, String> environment(OwnApplication application) throws Exception {
        return application.environment(
                chain.issuer().toString(),
                chain.facade(),
                Stream.of(chain.portfolio(), chain.dashboard()),
                PrintedSecret.of(chain.secrets().auth(), application.clientId()));
    }

    private void start(Example example, OwnApplication application, Map<String, String> environment, Running running)
            throws IOException {
        String command = example.serve()
                .replace("PORT", Integer.toString(application.origin().port()));
        JavaChild server = examples.start(
                example.name(),
                words(command),
                environment,
                chain.logs().resolve("example-" + example.name() + ".log"));
        running.add(server);
        new Readiness().await(server, URI.create(application.origin() + "/"), 200, START_LIMIT, passed -> {});
        // Until the facade has read the client.
        new Readiness()
                .await(server, URI.create(application.origin() + "/api/auth/csrf"), 200, START_LIMIT, passed -> {});
    }

    /** Clicks until something appears: before the page's script runs, a click has no effect. */
    private static void click(Page page, String name, String until) {
        Locator button = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
        button.waitFor();
        for (int attempt = 0; !page.locator(until).isVisible(); attempt++) {
            try {
                if (button.isVisible()) {
                    button.click(new Locator.ClickOptions().setTimeout(5000));
                }
                page.locator(until).waitFor(new Locator.WaitForOptions().setTimeout(5000));
            } catch (PlaywrightException notYet) {
                if (attempt == 5) {
                    throw notYet;
                }
            }
        }
    }

    private void checkFindsNothingWrong(Example example, Map<String, String> environment) throws Exception {
        Map<String, String> known = new HashMap<>(environment);
        // This facade trusts no proxy, and nothing here needs it to.
        known.remove("AUTH_FACADE_URL");
        Path log = chain.logs().resolve("check-" + example.name() + ".log");
        int status = examples.run(example.name(), List.of("multi-client-auth", "check"), known, log);
        assertThat(status).as(Files.readString(log)).isZero();
    }

    private static List<String> words(String command) {
        return List.of(command.split(" "));
    }
}
