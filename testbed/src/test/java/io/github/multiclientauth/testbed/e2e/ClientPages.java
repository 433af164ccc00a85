package io.github.multiclientauth.testbed.e2e;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route.FulfillOptions;
import io.github.multiclientauth.testbed.npm.AuthJsClients;
import io.github.multiclientauth.testbed.npm.NodeJs;
import java.io.IOException;
import java.nio.file.Path;

/** The pages of {@code testbed/clients}, in a real Chromium. */
final class ClientPages implements AutoCloseable {

    private static final String FOLDER = "/clients/";

    private final Path scripts;
    private final Chromium chromium;

    private ClientPages(Path scripts, Chromium chromium) {
        this.scripts = scripts;
        this.chromium = chromium;
    }

    static ClientPages start() throws IOException, InterruptedException {
        Path scripts = clients().pages();
        return new ClientPages(scripts, Chromium.start());
    }

    /** Pages with other scripts. */
    static ClientPages start(Path scripts) {
        return new ClientPages(scripts, Chromium.start());
    }

    static AuthJsClients clients() {
        return new AuthJsClients(
                NodeJs.installed(),
                Path.of("clients").toAbsolutePath(),
                Path.of(System.getProperty("testbed.npm.directory"), "clients"),
                Path.of(System.getProperty("testbed.work.directory"), "clients"));
    }

    /** The page of one package's client. */
    static String path(String client) {
        return FOLDER + client + ".html";
    }

    /** Opens a browser in which the portfolio application has the pages. {@code /api/auth/*} and everything else come from the real application. */
    BrowserContext newContext(Chain chain) {
        BrowserContext context = chromium.browser().newContext();
        String folder = chain.portfolio() + FOLDER;
        context.route(url -> url.startsWith(folder), route -> {
            String file = route.request().url().substring(folder.length()).replaceFirst("[?#].*", "");
            route.fulfill(
                    file.endsWith(".js")
                            ? new FulfillOptions()
                                    .setContentType("text/javascript; charset=utf-8")
                                    .setPath(scripts.resolve(file))
                            : new FulfillOptions()
                                    .setContentType("text/html; charset=utf-8")
                                    .setBody("<!doctype html><title>Client</title><div id=\"root\"></div><script src=\""
                                            + file.replaceFirst("\\.html$", ".js") + "\"></script>"));
        });
        return context;
    }

    @Override
    public void close() {
        chromium.close();
    }
}
