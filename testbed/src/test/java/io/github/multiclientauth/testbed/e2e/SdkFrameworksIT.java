package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.npm.AuthJsClients;
import io.github.multiclientauth.testbed.npm.NodeJs;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The npm package, packed and installed, with the frameworks that it has something for. */
@EndToEnd
class SdkFrameworksIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FRAMEWORKS = List.of("react", "vue", "svelte", "angular");

    /** In bytes, minified and compressed, beside the client. */
    private static final int LARGEST = 1000;

    @RegisterExtension
    static final Started STARTED = new Started();

    @TempDir
    static Path output;

    private static AuthJsClients clients;
    private static Path application;
    private static ClientPages pages;

    private final Chain chain;
    private final Person person;

    SdkFrameworksIT(Chain chain) {
        this.chain = chain;
        this.person = chain.somebody();
    }

    @BeforeAll
    static void build_the_pages() throws Exception {
        clients = ClientPages.clients();
        application = clients.withOurPackage();
        List<String> entries = new ArrayList<>(List.of("react.jsx", "vue.js", "svelte.js", "angular.js"));
        entries.replaceAll(entry -> application.resolve(entry).toString());
        bundle(entries, "--outdir=" + output, "--jsx=automatic", "--define:process.env.NODE_ENV=\"production\"");
        pages = STARTED.add(ClientPages.start(output));
    }

    private static void bundle(List<String> entries, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(entries);
        arguments.addAll(List.of("--bundle", "--minify", "--log-level=warning"));
        arguments.addAll(List.of(options));
        clients.run("esbuild/bin/esbuild", arguments, output.resolve("esbuild.log"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"react", "vue", "svelte", "angular"})
    void every_tab_sees_a_sign_in_and_a_sign_out_at_once(String framework) {
        try (BrowserContext browser = pages.newContext(chain)) {
            ClientTab one = ClientTab.open(browser, chain, framework);
            ClientTab other = ClientTab.open(browser, chain, framework);
            one.seesItself("unauthenticated");
            other.seesItself("unauthenticated");

            signIn(one);
            JsonNode session = one.seesItself("authenticated");
            assertThat(session.path("user").path("email").asText()).isEqualTo(person.email());
            assertThat(other.seesItself("authenticated").path("user"))
                    .as("the other tab, which nobody has touched")
                    .isEqualTo(session.path("user"));

            other.returns("client.signOut({ redirect: false })");
            other.seesItself("unauthenticated");
            one.seesItself("unauthenticated");
            assertThat(one.complaints()).isEmpty();
        }
    }

    private void signIn(ClientTab tab) {
        tab.starts("client.signIn('github', { redirectTo: '/' })");
        tab.says(person);
        assertThat(tab.page()).hasURL(chain.portfolio() + "/");
        tab.comeBack();
    }

    @Test
    void what_applications_write_has_types() throws Exception {
        clients.run(
                "typescript/bin/tsc",
                List.of(
                        "--noEmit",
                        "--strict",
                        "--exactOptionalPropertyTypes",
                        "--noUncheckedIndexedAccess",
                        "--module",
                        "esnext",
                        "--moduleResolution",
                        "bundler",
                        "--target",
                        "es2022",
                        "--lib",
                        "es2022,dom",
                        application.resolve("types.ts").toString()),
                output.resolve("tsc.log"));
    }

    @Test
    void each_framework_costs_less_than_a_kilobyte_beside_the_client() throws Exception {
        String client = "export { signIn, signOut, getSession } from 'multi-client-auth/client';\n";
        int alone = size("client", client);
        Map<String, Integer> sizes = FRAMEWORKS.stream()
                .collect(Collectors.toMap(
                        framework -> framework,
                        framework -> size(framework, client + "export * from 'multi-client-auth/" + framework + "';\n")
                                - alone));

        assertThat(alone).isLessThan(2200);
        assertThat(size("step-up", client + "export { requireFresh } from 'multi-client-auth/client';\n") - alone)
                .as("requireFresh")
                .isLessThan(600);
        assertThat(sizes)
                .allSatisfy((framework, size) ->
                        assertThat(size).as(framework + " among " + sizes).isLessThan(LARGEST));
    }

    private static int size(String name, String source) {
        try {
            Path entry = Files.writeString(application.resolve("size-" + name + ".js"), source);
            Path bundle = output.resolve("size-" + name + ".js");
            bundle(
                    List.of(entry.toString()),
                    "--outfile=" + bundle,
                    "--format=esm",
                    "--external:react",
                    "--external:vue",
                    "--external:@angular/core");
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(Files.readAllBytes(bundle));
            }
            return compressed.size();
        } catch (Exception failed) {
            throw new AssertionError("esbuild", failed);
        }
    }

    /** What loaders of Remix and SvelteKit, Astro and Nuxt do: the browser's cookies, and Node.js' fetch. */
    @Test
    void a_server_that_asks_with_the_browsers_cookies_gets_the_session() throws Exception {
        try (BrowserContext browser = pages.newContext(chain)) {
            ClientTab tab = ClientTab.open(browser, chain, "svelte");
            signIn(tab);
            JsonNode session = tab.seesItself("authenticated");
            String cookies = cookies(browser);

            String own = chain.portfolio() + "/api/auth/session";
            assertThat(ask(own, cookies, "{}").path("user")).isEqualTo(session.path("user"));
            assertThat(ask(own + "?callbackUrl=" + chain.portfolio() + "/%3F" + "a".repeat(3000), cookies, "{}")
                            .path("user"))
                    .as("with the address of its page, as Nuxt's module adds it")
                    .isEqualTo(session.path("user"));

            String facade = chain.facade() + "/api/auth/session";
            assertThat(ask(facade, cookies, "{}").isNull()).isTrue();
            assertThat(ask(facade, cookies, "{ 'x-client-origin': '" + chain.portfolio() + "' }")
                            .path("user"))
                    .as("at an address of the facade, with the origin in a header")
                    .isEqualTo(session.path("user"));
            assertThat(inAServerRouteOfNuxt(cookies).path("user"))
                    .as("in a server route of Nuxt, which h3 serves")
                    .isEqualTo(session.path("user"));
        }
    }

    /** What docs/how-to/step-up.md shows. */
    @Test
    void a_server_refuses_an_old_sign_in_until_the_page_has_fetched_a_new_one() throws Exception {
        try (BrowserContext browser = pages.newContext(chain)) {
            ClientTab tab = ClientTab.open(browser, chain, "svelte");
            signIn(tab);
            assertThat(tab.seesItself("authenticated").has("authTime"))
                    .as("nobody has asked")
                    .isFalse();
            String before = cookies(browser);
            Instant first = signedInAt(serverSays(before, "{}"));
            Soon.see(Instant::now, now -> now.isAfter(first.plusSeconds(2)));
            JsonNode refused = serverSays(before, "{ maxAge: 1, acr: ['silver', 'gold'] }");
            assertThat(refused.path("status").asInt()).isEqualTo(401);
            assertThat(refused.path("challenge").asText())
                    .isEqualTo("Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent"
                            + " sign-in is required\", max_age=\"1\", acr_values=\"silver gold\"");

            tab.starts("client.requireFresh({ maxAge: 1 }).then(() => { throw new Error('goes on'); })");
            tab.says(person);
            assertThat(tab.page()).hasURL(tab.address());
            // Playwright does not intercept the target of a redirect.
            tab.page().reload();

            JsonNode session = tab.returns("client.requireFresh({ maxAge: 1 })");
            assertThat(session.path("user").path("email").asText()).isEqualTo(person.email());
            Instant second = Instant.parse(session.path("authTime").asText());
            assertThat(second).isAfter(first.plusSeconds(1));
            // Counted by the server, so that its slow start makes no difference.
            String between = "{ maxAge: Math.ceil((Date.now() - "
                    + second.minusMillis(500).toEpochMilli() + ") / 1000) }";
            assertThat(serverSays(before, between).path("status").asInt()).isEqualTo(401);
            JsonNode accepted = serverSays(cookies(browser), between);
            assertThat(accepted.path("status").asInt()).isEqualTo(200);
            assertThat(accepted.path("session").path("user")).isEqualTo(session.path("user"));
            assertThat(signedInAt(accepted)).isEqualTo(second);
            assertThat(tab.complaints()).noneMatch(each -> each.contains("goes on"));
        }
    }

    @Test
    void a_page_asks_once_for_a_level_that_nobody_reaches() {
        try (BrowserContext browser = pages.newContext(chain)) {
            ClientTab tab = ClientTab.open(browser, chain, "svelte");
            signIn(tab);
            JsonNode session = tab.seesItself("authenticated");

            tab.starts("client.requireFresh({ acr: 'gold' })");
            // Keycloak asks again for any level.
            tab.says(person);
            assertThat(tab.page().locator("h1")).hasText("Please prove again that it is you");
            assertThat(tab.page().url()).contains("/api/auth/error?error=StepUpRequired");
            tab.comeBack();

            assertThat(tab.returns("client.requireFresh({ acr: 'gold' }).catch(({ code }) => code)")
                            .asText())
                    .isEqualTo("step_up_required");
            assertThat(tab.seesItself("authenticated").path("user")).isEqualTo(session.path("user"));
        }
    }

    @Test
    void somebody_who_is_not_signed_in_chooses_a_provider_and_signs_in_once() {
        try (BrowserContext browser = pages.newContext(chain)) {
            ClientTab tab = ClientTab.open(browser, chain, "svelte");
            tab.seesItself("unauthenticated");

            tab.starts("client.requireFresh({ maxAge: 0 })");
            tab.page()
                    .locator("button", new Page.LocatorOptions().setHasText("GitHub"))
                    .click();
            tab.says(person);
            assertThat(tab.page()).hasURL(tab.address());
            tab.page().reload();

            assertThat(tab.returns("client.requireFresh({ maxAge: 0 })").has("authTime"))
                    .isTrue();
        }
    }

    /** What a route answers that demands this, in JavaScript, of a request with these cookies. */
    private JsonNode serverSays(String cookies, String demand) throws Exception {
        String secret = PrintedSecret.of(chain.secrets().auth(), "portfolio");
        Path script = Files.writeString(application.resolve("transfer.mjs"), """
                import { writeFileSync } from 'node:fs';
                import { authenticate } from 'multi-client-auth/server';
                const request = new Request('%s/transfer', { headers: { cookie: process.env.COOKIES } });
                const { session, unauthorized } = await authenticate(request, %s);
                const challenge = unauthorized?.headers.get('www-authenticate');
                writeFileSync(process.env.ANSWER, JSON.stringify({ status: unauthorized?.status ?? 200, challenge, session }));
                """.formatted(chain.portfolio(), demand));
        return answerOf(script, Map.of("COOKIES", cookies, "AUTH_SECRET", secret));
    }

    private static Instant signedInAt(JsonNode answer) {
        return Instant.parse(answer.path("session").path("authTime").asText());
    }

    private String cookies(BrowserContext browser) {
        return browser.cookies(chain.portfolio().toString()).stream()
                .map(cookie -> cookie.name + "=" + cookie.value)
                .collect(Collectors.joining("; "));
    }

    /** The line of docs/how-to/frameworks/nuxt.md, with the real h3. */
    private JsonNode inAServerRouteOfNuxt(String cookies) throws Exception {
        return answerOf(
                Files.writeString(application.resolve("route.mjs"), """
                import { writeFileSync } from 'node:fs';
                import { createServer } from 'node:http';
                import { createApp, eventHandler, toNodeListener, toWebRequest } from 'h3';
                import { auth } from 'multi-client-auth/server';

                const app = createApp().use('/', eventHandler((event) => auth(toWebRequest(event))));
                const server = createServer(toNodeListener(app)).listen(0, '127.0.0.1', async () => {
                  const answer = await fetch(`http://127.0.0.1:${server.address().port}/me`, {
                    headers: { cookie: process.env.COOKIES },
                  });
                  writeFileSync(process.env.ANSWER, await answer.text());
                  process.exit();
                });
                """),
                Map.of(
                        "COOKIES",
                        cookies,
                        "AUTH_URL",
                        chain.portfolio().toString(),
                        "AUTH_KEYCLOAK_ID",
                        "portfolio",
                        "AUTH_SECRET",
                        PrintedSecret.of(chain.secrets().auth(), "portfolio")));
    }

    /** The snippets of docs/how-to/check.md, where nothing forwards to the facade. */
    @ParameterizedTest
    @ValueSource(strings = {"vite", "next"})
    void a_development_server_prints_what_is_wrong(String framework) throws Exception {
        int port = Ports.free().portfolio();
        Path folder = Files.createDirectories(application.resolve("check-" + framework));
        boolean vite = framework.equals("vite");
        if (vite) {
            Files.writeString(
                    folder.resolve("vite.config.js"),
                    snippet("configureServer").replace("5173", Integer.toString(port)));
            Files.writeString(folder.resolve("index.html"), "<!doctype html><title>Application</title>");
        } else {
            Files.writeString(folder.resolve("instrumentation.js"), snippet("register"));
            Files.writeString(
                    Files.createDirectories(folder.resolve("pages")).resolve("index.js"),
                    "export default function Page() { return 'Application'; }\n");
        }
        List<String> command = new ArrayList<>(
                vite
                        ? List.of("vite/bin/vite.js", folder.toString(), "--host", "127.0.0.1")
                        : List.of("next/dist/bin/next", "dev", folder.toString(), "--hostname", "127.0.0.1"));
        command.set(0, clients.packages().resolve(command.get(0)).toString());
        command.addAll(List.of("--port", Integer.toString(port)));
        Path log = output.resolve("check-" + framework + ".log");
        try (JavaChild server =
                NodeJs.installed().start(framework, command, Map.of("AUTH_URL", "http://localhost:" + port), log)) {
            Soon.see(
                    () -> Files.readString(server.log()),
                    text -> text.contains("\u2717 ") && text.contains("Forward /api/auth/* to the facade"));
        }
    }

    private static String snippet(String word) throws IOException {
        return Pattern.compile("```js\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/how-to/check.md")))
                .results()
                .map(block -> block.group(1))
                .filter(code -> code.contains(word))
                .findFirst()
                .orElseThrow();
    }

    /** The answer's body. The cookies are in the environment: nobody else may read them. */
    private JsonNode ask(String address, String cookies, String headers) throws Exception {
        return answerOf(
                Files.writeString(output.resolve("ask.mjs"), """
                import { writeFileSync } from 'node:fs';
                const headers = { cookie: process.env.COOKIES, ...%s };
                const answer = await fetch('%s', { headers });
                writeFileSync(process.env.ANSWER, await answer.text());
                """.formatted(headers, address)),
                Map.of("COOKIES", cookies));
    }

    /** What a script writes into the file that it is told. */
    private JsonNode answerOf(Path script, Map<String, String> environment) throws Exception {
        Path answer = output.resolve("answer.json");
        Map<String, String> all = new HashMap<>(environment);
        all.put("ANSWER", answer.toString());
        NodeJs.installed()
                .run("node", List.of(script.toString()), all, output.resolve("ask.log"), Duration.ofSeconds(30));
        return read(answer);
    }

    private static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
