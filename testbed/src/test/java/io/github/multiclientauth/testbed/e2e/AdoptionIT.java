package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.e2e.AdoptCommand.Result;
import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import io.github.multiclientauth.testbed.proof.Answer;
import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.proxy.TlsCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One command prepares an existing realm, and clients that are not applications see no difference. */
@EndToEnd
class AdoptionIT {

    private static final String APPLICATION = EnterpriseRealm.clientId(1);
    private static final String[] ONE = {"--clients", APPLICATION};
    private static final String[] ALL = {"--clients", APPLICATION + ",app2", "--with", "first-sign-in,picture"};

    private static final String BROWSER = "multi-client-auth browser";

    private static final String MANY_CLIENTS = "many-clients";

    private final Chain chain;
    private final String name = "enterprise-" + UUID.randomUUID();
    private final URI issuer;
    private KeycloakAdministrator administrator;
    private AdoptCommand command;
    private JsonNode before;

    @TempDir
    Path directory;

    AdoptionIT(Chain chain) {
        this.chain = chain;
        this.issuer = URI.create(chain.keycloak() + "/realms/" + name);
    }

    @BeforeEach
    void create(TestInfo test) throws IOException {
        int clients = test.getTags().contains(MANY_CLIENTS) ? EnterpriseRealm.MANY : EnterpriseRealm.FEW;
        RegisteredApp gitHub =
                new RegisteredApp(name, "secret-of-" + name, "Enterprise", Set.of(issuer + "/broker/github/endpoint"));
        chain.providers().all().stream()
                .filter(standIn -> standIn.alias().equals("github"))
                .forEach(standIn -> standIn.ledger().apps().register(gitHub));
        administrator = chain.administrator().createRealm(EnterpriseRealm.of(name, clients, gitHub));
        command = new AdoptCommand(
                URI.create(chain.keycloak().toString()),
                name,
                chain.secrets().administrator(),
                directory.resolve("state.json"));
        before = administrator.export();
    }

    @AfterEach
    void delete() {
        administrator.deleteRealm();
    }

    @Test
    @Tag(MANY_CLIENTS)
    void a_plan_changes_nothing() throws Exception {
        Result plan = command.run("plan", ALL);

        assertThat(plan.status()).as(plan.err()).isZero();
        assertThat(plan.out())
                .contains("+ flow \"multi-client-auth browser\"", "+ client \"" + APPLICATION + "\"")
                .contains("Nothing has been changed.");
        assertThat(administrator.export()).isEqualTo(before);
        assertThat(directory.resolve("state.json")).doesNotExist();
    }

    @Test
    @Tag(MANY_CLIENTS)
    void other_clients_see_no_difference() throws Exception {
        EnterpriseSignIn other = new EnterpriseSignIn(chain, issuer, 7);
        List<String> expected = other.story(chain.somebody());
        JsonNode discovery = other.discovery();

        assertThat(command.run("apply", ONE).status()).isZero();

        assertThat(other.discovery()).isEqualTo(KeycloakIsNewEnough.is("26.4") ? discovery : withScope(discovery));
        assertThat(other.story(chain.somebody())).isEqualTo(expected);
        assertThat(administrator.export().path("clients"))
                .as("settings of clients")
                .containsAll(without(before.path("clients"), "clientId", APPLICATION));
        for (String settings : List.of(
                "authenticationFlows", "authenticatorConfig", "clientScopes", "requiredActions", "identityProviders")) {
            assertThat(administrator.export().path(settings)).as(settings).containsAll(before.path(settings));
        }
        Set<String> expectedChanges = new TreeSet<>(List.of(
                "authenticationFlows",
                "authenticatorConfig",
                "clientScopeMappings",
                "clientScopes",
                "clients",
                "requiredActions",
                "roles",
                "scopeMappings",
                "users"));
        if (!KeycloakIsNewEnough.is("26.1")) {
            // Keycloak 26.0 runs the extension's listeners only in realms that name them.
            expectedChanges.add("eventsListeners");
        }
        assertThat(changedFields(administrator.export()))
                .as("settings of the realm")
                .isEqualTo(expectedChanges);
    }

    /** The first broker login flow belongs to the realm: users of all clients reach our step, and it lets them pass. */
    @Test
    void other_clients_see_no_difference_with_our_first_broker_login_flow() throws Exception {
        EnterpriseSignIn other = new EnterpriseSignIn(chain, issuer, 7);
        List<String> expected = other.story(chain.somebody());

        assertThat(command.run("apply", "--clients", APPLICATION, "--with", "first-sign-in")
                        .status())
                .isZero();

        assertThat(other.story(chain.somebody())).isEqualTo(expected);
        assertThat(administrator.export().path("firstBrokerLoginFlow").asText())
                .isEqualTo("multi-client-auth first sign-in");
    }

    @Test
    @OnKeycloaksImage
    void users_sign_in_at_an_adopted_application_through_the_facade() throws Exception {
        Ports ports = Ports.free();
        URI origin = URI.create("http://127.0.0.1:" + ports.facade());
        ObjectNode addresses = JsonNodeFactory.instance.objectNode();
        addresses.putArray("redirectUris").add(origin + "/api/auth/callback/github");
        administrator.updateClient(APPLICATION, addresses);
        JsonNode found = administrator.export();
        Result applied = command.run(
                "apply",
                "--clients",
                APPLICATION + ",app2",
                "--with",
                "first-sign-in,picture,facade-key",
                "--facade",
                origin.toString());
        assertThat(applied.status()).as(applied.err()).isZero();
        assertThat(applied.out())
                .contains("Next:", "MCA_ISSUER=" + issuer, "MCA_CLIENT_KEY_FILE=", origin + "/api/auth/jwks.json")
                .doesNotContain("tab Credentials", "has a secret");
        Person person = chain.somebody();
        Artifacts artifacts = Artifacts.of(System.getProperties());
        FacadeServer.Settings settings = new FacadeServer.Settings(
                ports.facade(),
                ports.facadeManagement(),
                issuer,
                chain.secrets().auth(),
                "",
                Map.of(),
                Map.of(
                        "MCA_CLIENT_KEY_FILE",
                        directory.resolve("keys.json").toAbsolutePath().toString()),
                directory.resolve("facade.log"));
        try (FacadeServer facade = FacadeServer.start(
                artifacts.facadeJar(),
                settings,
                JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")))) {
            facade.awaitReady(passed -> {});
            Visitor visitor = new Visitor(chain.providers().httpClient());
            Answer consent =
                    visitor.browse(origin.resolve("/api/auth/signin/github?callbackUrl=%2Fapi%2Fauth%2Fsession"));

            Answer end = visitor.follow(visitor.press(consent, "button[name=login][value=" + person.login() + "]"));

            assertThat(end.address()).isEqualTo(origin.resolve("/api/auth/session"));
            JsonNode user = end.json().path("user");
            assertThat(user.path("email").asText()).isEqualTo(person.email());
            assertThat(user.path("provider").asText()).isEqualTo("github");
            assertThat(user.path("clientId").asText()).isEqualTo(APPLICATION);
            assertThat(user.path("clientOrigin").asText()).isEqualTo(origin.toString());
        }
        assertThat(command.run("undo").status()).isZero();
        assertThat(clientOf(administrator.export(), APPLICATION)).isEqualTo(clientOf(found, APPLICATION));
    }

    private static JsonNode clientOf(JsonNode realm, String clientId) {
        for (JsonNode client : realm.path("clients")) {
            if (client.path("clientId").asText().equals(clientId)) {
                return client;
            }
        }
        throw new AssertionError("There is no client " + clientId);
    }

    @Test
    void says_what_is_left_to_do_where_clients_have_secrets() {
        Result applied = command.run("apply", ONE);

        assertThat(applied.out())
                .contains("Done.", "1. Give the facade MCA_ISSUER=" + issuer)
                .contains(EnterpriseRealm.origin(1) + "/api/auth/jwks.json")
                .contains("The client \"" + APPLICATION + "\" has a secret", "quarkus-run.jar doctor");
        assertThat(command.run("apply", ONE).out()).endsWith("Nothing to do.\n");
    }

    @Test
    void trusts_an_authority_of_the_companys_own() throws Exception {
        try (TlsLine line = new TlsLine(chain.keycloak(), directory)) {
            AdoptCommand overTls = command.at(line.address());
            Path bundle = Files.writeString(
                    directory.resolve("bundle.pem"),
                    "# two authorities\n" + Files.readString(line.authority())
                            + Files.readString(TlsCertificate.create(directory, List.of("elsewhere.example"))
                                    .certificateFile()));
            Path other = directory.resolve("proxy.crt");

            for (String[] untrusting :
                    new String[][] {ONE, {"--clients", APPLICATION, "--trusted-certificates", other.toString()}}) {
                Result refused = overTls.run("plan", untrusting);
                assertThat(refused.status()).isEqualTo(1);
                assertThat(refused.err())
                        .contains("does not trust the certificate of localhost", "--trusted-certificates ca.pem")
                        .doesNotContain("Exception", "Run the same command again");
            }
            for (Path trusted : List.of(line.authority(), bundle)) {
                Result plan =
                        overTls.run("plan", "--clients", APPLICATION, "--trusted-certificates", trusted.toString());
                assertThat(plan.status()).as(plan.err()).isZero();
            }
            Result apply = overTls.runJar(
                    "apply",
                    "--clients",
                    APPLICATION,
                    "--trusted-certificates",
                    line.authority().toString());
            assertThat(apply.status()).as(apply.err()).isZero();
            assertThat(apply.out()).contains("MCA_KEYCLOAK_TRUSTED_CERTIFICATES");
        }
    }

    @Test
    void applying_again_does_nothing() throws Exception {
        command.run("apply", ALL);
        JsonNode once = administrator.export();

        Result again = command.run("apply", ALL);

        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).contains("Nothing to do.").doesNotContain("+ ");
        assertThat(administrator.export()).isEqualTo(once);
    }

    @Test
    void more_applications_can_be_added_and_undo_removes_all() throws Exception {
        command.run("apply", ALL);
        administrator.createFlow("of one client");
        administrator.addStep("of one client", "auth-username-password-form");
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        own.putObject("authenticationFlowBindingOverrides").put("browser", administrator.flowId("of one client"));
        administrator.updateClient("app3", own);

        Result more = command.run("apply", "--clients", "app3,app4");
        Result undone = command.run("undo");

        assertThat(more.status()).as(more.err()).isZero();
        assertThat(more.out())
                .contains("then a copy of \"of one client\"")
                .contains("+ client \"app4\": browser flow \"multi-client-auth browser\"");
        assertThat(undone.status()).as(undone.err()).isZero();
        JsonNode kept = administrator.export();
        assertThat(kept.findValuesAsText("alias"))
                .contains("of one client")
                .noneMatch(each -> each.startsWith("multi"));
        own.putObject("authenticationFlowBindingOverrides").put("browser", "");
        administrator.updateClient("app3", own);
        administrator.deleteFlow("of one client");
        assertThat(administrator.export()).isEqualTo(before);
    }

    @Test
    @OnKeycloaksImage
    @Tag(MANY_CLIENTS)
    void undo_leaves_the_realm_as_it_was() throws Exception {
        assertThat(command.runJar("apply", ALL).status()).isZero();
        assertThat(administrator.export()).isNotEqualTo(before);

        Result undone = command.runJar("undo");

        assertThat(undone.status()).as(undone.err()).isZero();
        assertThat(administrator.export()).isEqualTo(before);
        assertThat(directory.resolve("state.json")).doesNotExist();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void apply_and_undo_finish_although_runs_are_interrupted() throws Exception {
        applyAndUndo(5, 3, 2);
    }

    /** Each run makes one change. Then the connection is cut, before the answer or before the next change. */
    // Slow: it runs the command once for each change that it makes.
    @Nightly
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void apply_and_undo_finish_although_each_run_is_interrupted_after_one_change() throws Exception {
        applyAndUndo(1, 16, 10);
    }

    /**
     * @param changes how many each run makes, or one less
     * @param appliesAtLeast how many interrupted runs of {@code apply} there are at least
     * @param undosAtLeast the same of {@code undo}
     */
    private void applyAndUndo(int changes, int appliesAtLeast, int undosAtLeast) throws Exception {
        try (CutLine line = new CutLine(URI.create(chain.keycloak().toString()))) {
            AdoptCommand fragile = command.at(line.address());
            assertThat(fragile.run("apply", ALL).status()).isZero();
            JsonNode complete = named(administrator.export());
            assertThat(fragile.run("undo").status()).isZero();

            assertThat(interruptions(line, changes, fragile, () -> {}, "apply", ALL))
                    .isGreaterThanOrEqualTo(appliesAtLeast);
            assertThat(named(administrator.export())).isEqualTo(complete);

            assertThat(interruptions(line, changes, fragile, () -> {}, "undo")).isGreaterThanOrEqualTo(undosAtLeast);
            assertThat(administrator.export()).isEqualTo(before);
        }
    }

    /** The number of runs that were needed. */
    private static int interruptions(
            CutLine line, int changes, AdoptCommand command, Runnable meanwhile, String what, String... options) {
        for (int i = 0; i < 100; i++) {
            if (i % 2 == 0) {
                line.cutAfter(changes - 1, CutLine.Moment.AFTER);
            } else {
                line.cutAfter(changes, CutLine.Moment.BEFORE);
            }
            Result result = command.run(what, options);
            if (result.status() == 0) {
                line.restore();
                return i;
            }
            assertThat(result.err()).contains("Run the same command again");
            meanwhile.run();
        }
        throw new AssertionError(what + " never ends");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void undo_works_after_an_interrupted_run() throws Exception {
        undoAfterAnApplyCutAfter(9);
    }

    @Nightly
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void undo_works_after_a_run_that_was_interrupted_early_or_late() throws Exception {
        undoAfterAnApplyCutAfter(1, 4, 14);
    }

    private void undoAfterAnApplyCutAfter(int... changes) throws Exception {
        try (CutLine line = new CutLine(URI.create(chain.keycloak().toString()))) {
            AdoptCommand fragile = command.at(line.address());
            for (int i : changes) {
                line.cutAfter(i, CutLine.Moment.AFTER);
                assertThat(fragile.run("apply", ALL).status()).isEqualTo(1);
                line.restore();
                assertThat(fragile.run("undo").status()).isZero();
                assertThat(administrator.export()).as("cut after %s", i).isEqualTo(before);
            }
        }
    }

    @Test
    void reports_a_copied_flow_whose_original_has_changed() throws Exception {
        command.run("apply", ONE);
        assertThat(command.run("plan", ONE).out()).doesNotContain("!");

        administrator.addStep("enterprise forms", "conditional-user-configured");

        assertThat(command.run("plan", ONE).out())
                .contains("! \"enterprise browser\" has been changed", "it lacks step", "To copy it anew: refresh");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void refresh_copies_flows_again_and_changes_nothing_else() throws Exception {
        EnterpriseSignIn application = new EnterpriseSignIn(chain, issuer, 1);
        command.run("apply", ALL);
        administrator.configureStep(BROWSER, "client-origin", "parameterRequired", "false");
        bind("app3", BROWSER);
        String secret = administrator.clientSecret("multi-client-auth-facade");
        Visitor person = application.signedIn(chain.somebody());
        Visitor typing = new Visitor();
        Answer form = application.page(typing);
        administrator.addStep("enterprise forms", "conditional-user-configured");
        administrator.addStep("enterprise account", "idp-auto-link");
        JsonNode outdated = administrator.export();

        Result dryRun = command.run("refresh", "--dry-run");
        assertThat(dryRun.out()).contains("2 to do. Nothing has been changed.");
        assertThat(administrator.export()).isEqualTo(outdated);

        Result refreshed = command.run("refresh");

        assertThat(refreshed.status()).as(refreshed.err()).isZero();
        assertThat(command.run("plan", ALL).out()).contains("Nothing to do.").doesNotContain("!");
        assertThat(withoutFlows(administrator.export())).isEqualTo(withoutFlows(outdated));
        assertThat(administrator.clientSecret("multi-client-auth-facade")).isEqualTo(secret);
        for (String client : List.of(APPLICATION, "app2", "app3")) {
            assertThat(administrator.browserFlow(client)).as(client).isEqualTo(administrator.flowId(BROWSER));
        }
        assertThat(administrator.stepSettings(BROWSER, "client-origin").path("config"))
                .as("settings of our step")
                .isEqualTo(JsonNodeFactory.instance.objectNode().put("parameterRequired", "false"));
        assertThat(application.silently(person).path("clientOrigin").asText()).isEqualTo(EnterpriseRealm.origin(1));
        Answer anew = typing.follow(typing.press(form, "#kc-login"));
        assertThat(anew.document().selectFirst("#kc-login"))
                .as("the login page again, not %s", anew)
                .isNotNull();
        assertThat(command.run("refresh").out()).as("twice").contains("Nothing to do.");
    }

    @Test
    void refresh_copies_the_new_browser_flow_of_the_realm() throws Exception {
        command.run("apply", ONE);
        administrator.createFlow("another browser");
        administrator.addStep("another browser", "auth-username-password-form");
        administrator.requireStep("another browser", "auth-username-password-form");
        administrator.updateRealm(JsonNodeFactory.instance.objectNode().put("browserFlow", "another browser"));
        assertThat(command.run("plan", ONE).out()).contains("! \"another browser\"", "refresh");

        assertThat(command.run("refresh").status()).isZero();

        assertThat(command.run("plan", ONE).out())
                .contains("then a copy of \"another browser\"", "Nothing to do.")
                .doesNotContain("!");
        assertThat(new EnterpriseSignIn(chain, issuer, 1).page().status()).isEqualTo(200);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void refresh_finishes_although_runs_are_interrupted() throws Exception {
        refresh(4, 3);
    }

    // Slow: it runs the command once for each change that it makes.
    @Nightly
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void refresh_finishes_although_each_run_is_interrupted_after_one_change() throws Exception {
        refresh(1, 13);
    }

    /** Like the test of apply above. Users can sign in at the application after each interruption. */
    private void refresh(int changes, int interruptionsAtLeast) throws Exception {
        try (CutLine line = new CutLine(URI.create(chain.keycloak().toString()))) {
            AdoptCommand fragile = command.at(line.address());
            administrator.addStep("enterprise forms", "conditional-user-configured");
            assertThat(fragile.run("apply", ALL).status()).isZero();
            JsonNode complete = named(administrator.export());
            assertThat(fragile.run("undo").status()).isZero();
            administrator.removeStep("enterprise forms", "conditional-user-configured");
            assertThat(fragile.run("apply", ALL).status()).isZero();
            administrator.addStep("enterprise forms", "conditional-user-configured");

            int interruptions = interruptions(
                    line,
                    changes,
                    fragile,
                    () -> {
                        assertThat(new EnterpriseSignIn(chain, issuer, 1).page().status())
                                .isEqualTo(200);
                        assertThat(new EnterpriseSignIn(chain, issuer, 7).page().status())
                                .isEqualTo(200);
                    },
                    "refresh");

            assertThat(interruptions).isGreaterThanOrEqualTo(interruptionsAtLeast);
            assertThat(named(administrator.export())).isEqualTo(complete);
            assertThat(fragile.run("undo").status()).isZero();
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void after_an_interrupted_refresh_only_refresh_and_undo_run() throws Exception {
        refreshCutAfter(5);
    }

    // Slow: it adopts the realm again for each moment.
    @Nightly
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void the_same_after_a_refresh_that_was_interrupted_early_or_late() throws Exception {
        refreshCutAfter(0, 8, 11);
    }

    private void refreshCutAfter(int... changes) throws Exception {
        try (CutLine line = new CutLine(URI.create(chain.keycloak().toString()))) {
            AdoptCommand fragile = command.at(line.address());
            for (int i : changes) {
                assertThat(fragile.run("apply", ALL).status()).isZero();
                administrator.addStep("enterprise forms", "conditional-user-configured");
                line.cutAfter(i, CutLine.Moment.AFTER);
                assertThat(fragile.run("refresh").status()).isEqualTo(1);
                line.restore();
                assertThat(fragile.run("apply", ALL).err()).contains("interrupted. Run refresh again");

                assertThat(fragile.run("undo").status()).isZero();

                administrator.removeStep("enterprise forms", "conditional-user-configured");
                assertThat(administrator.export()).as("cut after %s", i).isEqualTo(before);
            }
        }
    }

    @Test
    void undo_lists_what_it_removes_and_the_facade_can_keep_its_secret() throws Exception {
        String secret = UUID.randomUUID().toString();
        Path file = Files.writeString(directory.resolve("secret-of-the-facade"), secret);
        String[] keeping = Stream.concat(Stream.of(ALL), Stream.of("--facade-secret-file", file.toString()))
                .toArray(String[]::new);
        command.run("apply", keeping);
        JsonNode adopted = administrator.export();

        Result dryRun = command.run("undo", "--dry-run");

        assertThat(dryRun.status()).as(dryRun.err()).isZero();
        assertThat(dryRun.out())
                .contains("through the facade: " + APPLICATION + ", app2")
                .contains("multi-client-auth-facade", "secret", "Nothing has been changed.");
        assertThat(administrator.export()).isEqualTo(adopted);

        assertThat(command.run("undo").out())
                .startsWith(dryRun.out().lines().findFirst().orElseThrow());
        assertThat(command.run("apply", keeping).status()).isZero();

        assertThat(administrator.clientSecret("multi-client-auth-facade")).isEqualTo(secret);
        assertThat(Files.readString(directory.resolve("state.json"))).doesNotContain(secret);
    }

    @Test
    void refuses_a_name_that_is_taken() throws Exception {
        for (String taken : List.of(BROWSER, "Multi-Client-Auth Browser", "multi-client-auth sign-in")) {
            administrator.createFlow(taken);
            JsonNode found = administrator.export();

            Result refused = command.run("apply", ONE);

            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("There is a flow \"" + taken + "\" that ");
            assertThat(administrator.export()).isEqualTo(found);
            administrator.deleteFlow(taken);
        }
    }

    @Test
    void refuses_a_flow_with_the_name_of_a_copy_but_without_the_second_factor() throws Exception {
        administrator.createFlow(BROWSER);
        administrator.addStep(BROWSER, "client-origin");
        administrator.requireStep(BROWSER, "client-origin");
        administrator.addRequiredSubFlow(BROWSER, "multi-client-auth sign-in");
        administrator.addStep("multi-client-auth sign-in", "auth-username-password-form");
        administrator.requireStep("multi-client-auth sign-in", "auth-username-password-form");
        JsonNode found = administrator.export();

        Result refused = command.run("apply", ONE);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("is no copy of \"enterprise browser\"", "where \"Cookie\" belongs", "Rename or delete it");
        assertThat(administrator.export()).isEqualTo(found);
    }

    @Test
    void refuses_a_first_broker_login_flow_that_is_not_a_copy() throws Exception {
        administrator.createFlow("multi-client-auth first sign-in");
        administrator.addStep("multi-client-auth first sign-in", "allowed-provider");
        administrator.requireStep("multi-client-auth first sign-in", "allowed-provider");
        administrator.addRequiredSubFlow("multi-client-auth first sign-in", "multi-client-auth account");
        administrator.addStep("multi-client-auth account", "idp-auto-link");
        administrator.requireStep("multi-client-auth account", "idp-auto-link");

        Result refused = command.run("apply", ALL);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("is no copy of \"enterprise first sign-in\"");
        assertThat(directory.resolve("state.json")).doesNotExist();
    }

    /** The same holds without the state file. */
    @Test
    void finds_and_refreshes_a_copy_that_has_lost_a_step() throws Exception {
        command.run("apply", ONE);
        Path state = directory.resolve("state.json");
        Path aside = directory.resolve("aside.json");
        Files.move(state, aside);
        assertThat(command.run("plan", ONE).out()).as("a full copy").contains("= flow \"" + BROWSER + "\"");
        administrator.removeStep(BROWSER, "auth-otp-form");

        Result strange = command.run("plan", ONE);
        Files.move(aside, state);
        Result ours = command.run("apply", "--clients", "app2");

        assertThat(strange.err()).contains("is no copy of \"enterprise browser\"", "it lacks step 9 \"OTP Form\"");
        assertThat(ours.err()).contains("changed by hand", "\"OTP Form\"", "refresh");
        assertThat(command.run("refresh").status()).isZero();
        assertThat(command.run("apply", "--clients", "app2").status()).isZero();
        assertThat(command.run("undo").status()).isZero();
        assertThat(administrator.export()).isEqualTo(before);
    }

    @Test
    void settings_of_steps_are_copied_too() throws Exception {
        command.run("apply", ONE);
        JsonNode original = administrator.stepSettings("enterprise browser", "conditional-user-role");
        JsonNode copy = administrator.stepSettings(BROWSER, "conditional-user-role");
        assertThat(copy.path("config")).isEqualTo(original.path("config"));
        assertThat(copy.path("id")).isNotEqualTo(original.path("id"));

        administrator.configureStep("enterprise browser", "conditional-user-role", "negate", "true");

        assertThat(administrator.stepSettings(BROWSER, "conditional-user-role")).isEqualTo(copy);
        assertThat(command.run("plan", ONE).out()).contains("has other settings", "refresh");
        assertThat(command.run("refresh").status()).isZero();
        assertThat(administrator
                        .stepSettings(BROWSER, "conditional-user-role")
                        .path("config")
                        .path("negate")
                        .asText())
                .isEqualTo("true");
    }

    private void bind(String client, String flow) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("authenticationFlowBindingOverrides").put("browser", administrator.flowId(flow));
        administrator.updateClient(client, settings);
    }

    private static JsonNode withoutFlows(JsonNode export) {
        return ((ObjectNode) named(export)).without(List.of("authenticationFlows", "authenticatorConfig"));
    }

    @Test
    void refuses_a_client_without_sign_ins() throws Exception {
        for (String client : List.of("account-console", "realm-management", "no-such-client")) {
            Result refused = command.run("apply", "--clients", client);

            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains(client);
        }
        assertThat(administrator.export()).isEqualTo(before);
    }

    @Test
    void needs_an_account_with_permission_to_change_the_realm() throws Exception {
        account("viewer", "view-realm", "view-clients", "view-users");
        JsonNode found = administrator.export();

        Result refused = as("viewer").run("apply", ONE);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("viewer may not do this", "realm-admin");
        assertThat(administrator.export()).isEqualTo(found);
        assertThat(as("viewer", "wrong-secret").run("plan", ONE).err()).contains("Keycloak does not let viewer in");
    }

    @Test
    void an_account_of_the_realm_is_enough() throws Exception {
        account("operator", "realm-admin");
        JsonNode found = administrator.export();

        Result applied = as("operator").run("apply", ALL);
        Result undone = as("operator").run("undo");

        assertThat(applied.status()).as(applied.err()).isZero();
        assertThat(undone.status()).as(undone.err()).isZero();
        assertThat(administrator.export()).isEqualTo(found);
    }

    private void account(String clientId, String... roles) {
        administrator.createPlainClient(
                clientId,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("secret", "secret-of-" + clientId)
                        .put("publicClient", false)
                        .put("standardFlowEnabled", false)
                        .put("serviceAccountsEnabled", true));
        for (String role : roles) {
            administrator.grantManagement(clientId, role);
        }
    }

    private AdoptCommand as(String clientId) {
        return as(clientId, "secret-of-" + clientId);
    }

    private AdoptCommand as(String clientId, String secret) {
        return new AdoptCommand(command.server(), name, "--client", clientId, name, secret, command.state());
    }

    private static List<JsonNode> without(JsonNode list, String field, String value) {
        List<JsonNode> rest = new ArrayList<>();
        for (JsonNode each : list) {
            if (!each.path(field).asText().equals(value)) {
                rest.add(each);
            }
        }
        assertThat(rest).hasSize(list.size() - 1);
        return rest;
    }

    /** Keycloak before 26.4 lists every client scope, even those with {@code include.in.openid.provider.metadata} off. */
    private static JsonNode withScope(JsonNode discovery) {
        ArrayNode scopes = (ArrayNode) discovery.path("scopes_supported");
        return ((ObjectNode) discovery.deepCopy())
                .set(
                        "scopes_supported",
                        KeycloakAdministrator.sorted(scopes.deepCopy().add("multi-client-auth")));
    }

    private Set<String> changedFields(JsonNode after) {
        Set<String> changed = new TreeSet<>();
        after.properties().forEach(field -> {
            if (!field.getValue().equals(before.path(field.getKey()))) {
                changed.add(field.getKey());
            }
        });
        return changed;
    }

    /** Ids and times differ each time. */
    private static JsonNode named(JsonNode export) {
        JsonNode copy = export.deepCopy();
        forget(copy);
        return KeycloakAdministrator.sorted(copy);
    }

    private static void forget(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove(List.of("id", "client.secret.creation.time", "createdTimestamp", "browser", "containerId"));
        }
        json.forEach(AdoptionIT::forget);
    }
}
