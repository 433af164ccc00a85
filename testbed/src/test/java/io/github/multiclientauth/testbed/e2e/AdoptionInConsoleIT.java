package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Follows docs/how-to/adopt-by-hand.md in the admin console, click by click, and signs in afterwards.
 * {@code -Ddocs.screenshots=true} puts the screenshots into the documentation.
 */
@Nightly
@EndToEnd
class AdoptionInConsoleIT {

    private static final String NAME = "enterprise";
    private static final String BROWSER = "multi-client-auth browser";
    private static final String SIGN_IN = "multi-client-auth sign-in";
    private static final String FORMS = "multi-client-auth forms";
    private static final String PASSWORD = "multi-client-auth password";
    private static final String SECOND_FACTOR = "multi-client-auth one-time password";
    private static final String SCOPE = "multi-client-auth";
    private static final String GATE = "Multi-Client Auth: end of sign-in";
    private static final int MAX_PICTURE = 100 * 1024;

    @TempDir
    Path directory;

    private final Chain chain;
    private KeycloakAdministrator administrator;

    AdoptionInConsoleIT(Chain chain) {
        this.chain = chain;
    }

    @AfterEach
    void delete() {
        administrator.deleteRealm();
    }

    @Test
    @FromKeycloak(value = "26.4", does = "has the console's pages as this test knows them")
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void a_realm_is_prepared_by_hand() throws Exception {
        URI keycloak = URI.create(chain.keycloak().toString());
        URI issuer = keycloak.resolve("/realms/" + NAME);
        RegisteredApp gitHub =
                new RegisteredApp(NAME, "secret-of-" + NAME, "Enterprise", Set.of(issuer + "/broker/github/endpoint"));
        chain.providers().all().stream()
                .filter(standIn -> standIn.alias().equals("github"))
                .forEach(standIn -> standIn.ledger().apps().register(gitHub));
        administrator = chain.administrator().createRealm(realm(gitHub));
        EnterpriseSignIn other = new EnterpriseSignIn(chain, issuer, 7);
        List<String> expected = other.story(chain.somebody());

        try (Chromium chromium = Chromium.start();
                AdminConsole console = new AdminConsole(
                        chromium.browser(), keycloak, NAME, chain.secrets().administrator(), pictures())) {
            makeTheFlow(console);
            switchOnTheLastStep(console);
            makeTheScope(console);
            adopt(console, EnterpriseRealm.clientId(1));
        }

        AdoptCommand.Result plan = new AdoptCommand(
                        keycloak, NAME, chain.secrets().administrator(), directory.resolve("state.json"))
                .run("plan", "--clients", EnterpriseRealm.clientId(1));
        assertThat(plan.out())
                .as(plan.err())
                .contains("= flow \"" + BROWSER + "\"")
                .contains("= client \"" + EnterpriseRealm.clientId(1) + "\"");
        JsonNode claims = new EnterpriseSignIn(chain, issuer, 1).claims(chain.somebody());
        assertThat(claims.path("clientOrigin").asText()).isEqualTo(EnterpriseRealm.origin(1));
        assertThat(claims.path("clientId").asText()).isEqualTo(EnterpriseRealm.clientId(1));
        assertThat(claims.path("provider").asText()).isEqualTo("github");
        assertThat(other.story(chain.somebody())).isEqualTo(expected);
    }

    /** Every step of the realm's own browser flow, in its order and with its requirements. */
    private static void makeTheFlow(AdminConsole console) {
        console.createFlow(BROWSER);
        console.addFirstStep("client-origin", "Client origin");
        console.require("Client origin", "Required");
        console.addSubFlow(SIGN_IN);
        console.require(SIGN_IN, "Required");
        console.addStep(SIGN_IN, "auth-cookie", "Cookie");
        console.require("Cookie", "Alternative");
        console.addStep(SIGN_IN, "identity-provider-redirector", "Identity Provider Redirector");
        console.require("Identity Provider Redirector", "Alternative");
        console.addSubFlow(SIGN_IN, FORMS);
        console.require(FORMS, "Alternative");
        console.addStep(FORMS, "auth-username-form", "Username Form");
        console.addSubFlow(FORMS, PASSWORD);
        console.require(PASSWORD, "Required");
        console.addStep(PASSWORD, "auth-password-form", "Password Form");
        console.require("Password Form", "Required");
        console.addSubFlow(FORMS, SECOND_FACTOR);
        console.require(SECOND_FACTOR, "Conditional");
        console.addCondition(SECOND_FACTOR, "conditional-user-configured", "Condition - user configured");
        console.require("Condition - user configured", "Required");
        console.addStep(SECOND_FACTOR, "auth-otp-form", "OTP Form");
        console.require("OTP Form", "Required");
        shoot(console, console.flow(), "adopt-flow");
    }

    /** A common setting: users who have set up a one-time password are asked for it. */
    private static ObjectNode realm(RegisteredApp gitHub) throws IOException {
        ObjectNode realm = EnterpriseRealm.of(NAME, EnterpriseRealm.FEW, gitHub);
        for (JsonNode flow : realm.path("authenticationFlows")) {
            for (JsonNode step : flow.path("authenticationExecutions")) {
                if (step.path("authenticator").asText().equals("conditional-user-role")) {
                    ((ObjectNode) step)
                            .put("authenticator", "conditional-user-configured")
                            .remove("authenticatorConfig");
                }
            }
        }
        return realm;
    }

    private static void switchOnTheLastStep(AdminConsole console) {
        console.open("authentication/required-actions");
        console.toggle(console.row(GATE).getByRole(AriaRole.CHECKBOX).first());
        console.says("Updated required action successfully");
        shoot(console, console.row(GATE), "adopt-required-action");
    }

    private static void makeTheScope(AdminConsole console) {
        console.open("client-scopes/new");
        console.fill("name", SCOPE);
        for (String label : List.of("Display on consent screen", "Include in OpenID Provider Metadata")) {
            console.toggle(
                    console.content().getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(label)));
        }
        shoot(console, console.form(), "adopt-client-scope");
        console.press("Save");
        console.tab("Mappers");
        console.press("Configure a new mapper");
        console.dialog()
                .getByText("Client origin", new Locator.GetByTextOptions().setExact(true))
                .click();
        console.fill("name", "client origin");
        shoot(console, console.form(), "adopt-mapper");
        console.press("Save");
        console.says("Mapping successfully created");
    }

    private static void adopt(AdminConsole console, String clientId) {
        console.open("clients");
        Locator search = console.content()
                .getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName("Search"))
                .first();
        search.fill(clientId);
        search.press("Enter");
        console.content()
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(clientId).setExact(true))
                .click();
        console.tab("Advanced");
        console.press("Browser Flow");
        console.option(BROWSER);
        shoot(console, console.section("Authentication flow overrides"), "adopt-flow-override");
        console.named("OIDCAuthFlowOverrideSave").click();
        console.says("Client successfully updated");
        console.tab("Client scopes");
        console.press("Add client scope");
        console.row(SCOPE).getByRole(AriaRole.CHECKBOX).check();
        shoot(console, console.dialog(), "adopt-add-scope");
        Locator dialog = console.dialog();
        console.press(dialog, "Add");
        console.menu("Default");
        console.isClosed(dialog);
    }

    private static void shoot(AdminConsole console, Locator what, String name) {
        assertThat(console.shoot(what, name))
                .as("%s is small enough for a page", name)
                .hasSizeLessThan(MAX_PICTURE);
    }

    private static Path pictures() throws IOException {
        return Boolean.getBoolean("docs.screenshots")
                ? Path.of(System.getProperty("testbed.docs.directory"))
                : Files.createDirectories(
                        Path.of(System.getProperty("testbed.work.directory")).resolve("screenshots"));
    }
}
