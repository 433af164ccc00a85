package io.github.multiclientauth.testbed.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.github.multiclientauth.testbed.keycloak.KeycloakServer;
import java.net.URI;
import java.nio.file.Path;

/** Keycloak's admin console in a browser, used by the labels that an administrator sees. */
final class AdminConsole implements AutoCloseable {

    /** The time for a page on a busy machine. The console loads hundreds of files. */
    private static final double PATIENCE_MILLIS = 60_000;

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;

    /** Messages that cover parts of the page. */
    private static final String WITHOUT_MESSAGES = "[data-testid=global-alerts] { display: none }";

    private final Page page;
    private final String realm;
    private final Path pictures;

    /** Signs in. */
    AdminConsole(Browser browser, URI keycloak, String realm, String password, Path pictures) {
        this.page = browser.newPage(
                new Browser.NewPageOptions().setViewportSize(WIDTH, HEIGHT).setColorScheme(ColorScheme.LIGHT));
        this.realm = keycloak.resolve("/admin/master/console/#/" + realm + "/").toString();
        this.pictures = pictures;
        page.setDefaultTimeout(PATIENCE_MILLIS);
        open("authentication");
        page.fill("#username", KeycloakServer.ADMINISTRATOR);
        page.fill("#password", password);
        page.click("#kc-login");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Authentication").setExact(true))
                .first()
                .waitFor();
    }

    void open(String place) {
        page.setViewportSize(WIDTH, HEIGHT);
        page.navigate(realm + place);
    }

    Locator named(String testId) {
        return page.getByTestId(testId);
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG).first();
    }

    void fill(String field, String text) {
        named(field).fill(text);
    }

    void press(String button) {
        press(page.locator("body"), button);
    }

    void press(Locator within, String button) {
        within.getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    void tab(String name) {
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name)).click();
    }

    void menu(String item) {
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item))
                .click();
    }

    void option(String name) {
        page.getByRole(
                        AriaRole.OPTION,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    /** The row of a table with these words. */
    Locator row(String words) {
        return page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(words))
                .last();
    }

    /** Clicks a switch, which the console draws over the check box. */
    void toggle(Locator checkbox) {
        checkbox.click(new Locator.ClickOptions().setForce(true));
    }

    void says(String message) {
        page.getByText(message).first().waitFor();
    }

    // The parts of a flow.

    void createFlow(String name) {
        open("authentication/flows/create");
        fill("alias", name);
        named("create").click();
        named("addExecution").waitFor();
    }

    /** Adds the first step of a flow. */
    void addFirstStep(String authenticator, String name) {
        named("addExecution").click();
        choose(authenticator, name);
    }

    void addStep(String flow, String authenticator, String name) {
        named(flow + "-edit-dropdown").click();
        menu("Add execution");
        choose(authenticator, name);
    }

    void addCondition(String flow, String authenticator, String name) {
        named(flow + "-edit-dropdown").click();
        menu("Add condition");
        choose(authenticator, name);
    }

    private void choose(String authenticator, String name) {
        Locator search = dialog().getByRole(AriaRole.TEXTBOX);
        search.fill(name);
        search.press("Enter");
        named(authenticator).check();
        named("modal-add").click();
        named(name).waitFor();
    }

    void addSubFlow(String name) {
        named("addSubFlow").click();
        nameSubFlow(name);
    }

    void addSubFlow(String flow, String name) {
        named(flow + "-edit-dropdown").click();
        menu("Add sub-flow");
        nameSubFlow(name);
    }

    private void nameSubFlow(String name) {
        fill("name", name);
        named("modal-add").click();
        named(name).waitFor();
    }

    /** Changes a requirement that is Disabled. */
    void require(String step, String requirement) {
        Locator row = page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHas(named(step)))
                .last();
        press(row, "Disabled");
        option(requirement);
        row.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(requirement))
                .waitFor();
    }

    /** Takes a picture for the documentation. */
    byte[] shoot(Locator what, String name) {
        return what.screenshot(new Locator.ScreenshotOptions()
                .setPath(pictures.resolve(name + ".png"))
                .setStyle(WITHOUT_MESSAGES));
    }

    /** The main part of the page. */
    Locator content() {
        return page.getByRole(AriaRole.MAIN);
    }

    /** The whole flow. The console's header covers what is scrolled below it. */
    Locator flow() {
        page.setViewportSize(WIDTH, 1600);
        return page.getByRole(AriaRole.TREEGRID);
    }

    Locator form() {
        return content().locator("form").first();
    }

    /** The section of the tab "Advanced" of a client. */
    Locator section(String title) {
        return content()
                .locator(".pf-v5-c-card")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title))))
                .last();
    }

    void isClosed(Locator dialog) {
        dialog.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    @Override
    public void close() {
        page.close();
    }
}
