package io.github.multiclientauth.testbed.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.multiclientauth.testbed.provider.Person;
import java.io.IOException;
import java.util.List;

/** A page of an application, on which {@code client} is the facade's own client. */
final class ApplicationPage {

    private final Page page;
    private final String facade;

    private ApplicationPage(Page page, String facade) {
        this.page = page;
        this.facade = facade;
    }

    /** @param facade the facade's origin; empty if it is the application's */
    static ApplicationPage open(BrowserContext context, String origin, String facade) {
        ApplicationPage opened = new ApplicationPage(context.newPage(), facade);
        opened.page.navigate(origin + "/");
        opened.configure();
        return opened;
    }

    Page page() {
        return page;
    }

    /** Loads the client, which is lost at each navigation. */
    void configure() {
        page.evaluate(
                "async ([from]) => { globalThis.client = await import(from + '/api/auth/client.js');"
                        + " globalThis.client.configure({ baseUrl: from }); }",
                List.of(facade));
    }

    Object call(String call) {
        return page.evaluate("() => globalThis.client." + call + "?.then?.((value) => value) ?? null");
    }

    /** Chooses the person at the provider. */
    void choose(Person person) {
        page.locator("button[name=login][value=" + person.login() + "]").click();
    }

    /** The user in the page's session. {@code null} if there is none. */
    JsonNode user() throws IOException {
        if (Boolean.FALSE.equals(page.evaluate("() => 'client' in globalThis"))) {
            configure();
        }
        Object text = page.evaluate("async () => JSON.stringify(await globalThis.client.getSession())");
        JsonNode session = new ObjectMapper().readTree((String) text);
        return session.isNull() ? null : session.path("user");
    }
}
