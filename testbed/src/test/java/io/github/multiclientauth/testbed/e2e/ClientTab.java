package io.github.multiclientauth.testbed.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.github.multiclientauth.testbed.provider.Person;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A tab with the page of one client of Auth.js. In its scripts, {@code client} is the package. */
final class ClientTab {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Chain chain;
    private final String address;
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private ClientTab(Chain chain, String client, Page page) {
        this.chain = chain;
        this.address = chain.portfolio() + ClientPages.path(client);
        this.page = page;
    }

    static ClientTab open(BrowserContext context, Chain chain, String client) {
        ClientTab tab = new ClientTab(chain, client, context.newPage());
        tab.page.onPageError(tab.complaints::add);
        tab.page.onConsoleMessage(tab::hear);
        tab.page.onRequest(tab.requests::add);
        tab.comeBack();
        return tab;
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error")) {
            complaints.add(message.text());
        }
    }

    Page page() {
        return page;
    }

    String address() {
        return address;
    }

    /** The browser's errors and warnings. */
    List<String> complaints() {
        return complaints;
    }

    /** The bodies that were posted to an address below {@code /api/auth}, regardless of its query. */
    Stream<String> posted(String action) {
        String target = chain.portfolio() + "/api/auth/" + action;
        return requests.stream()
                .filter(request -> request.method().equals("POST"))
                .filter(request -> request.url().replaceFirst("\\?.*", "").equals(target))
                .map(request -> request.postData() == null ? "" : request.postData());
    }

    /** Opens the page. */
    void comeBack() {
        page.navigate(address);
    }

    /** Makes a call that leaves the page. */
    void starts(String call) {
        page.evaluate("() => { " + call + "; }");
    }

    /** The result of a call as JSON. */
    JsonNode returns(String call) {
        Object json = page.evaluate("async () => JSON.stringify(await " + call + ") ?? 'null'");
        return parse(json.toString());
    }

    /** The answer of {@code /api/auth/session} to this browser. */
    JsonNode session() {
        return returns("fetch('/api/auth/session').then((reply) => reply.json())");
    }

    /** The session of {@code useSession()}, when it has this status. */
    JsonNode seesItself(String status) {
        assertThat(page.locator("#status")).hasText(status);
        return parse(page.locator("#session").textContent());
    }

    /** Waits for the provider's page. */
    void isAskedWhoItIs() {
        assertThat(page.locator("h1")).hasText("Whom do you want to be?");
    }

    /** Chooses the person at the provider, which leads back to the application. */
    void says(Person person) {
        isAskedWhoItIs();
        page.locator("button[name=login][value=" + person.login() + "]").click();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError("JSON was expected, but this came: " + json, noJson);
        }
    }
}
