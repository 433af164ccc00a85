package io.github.multiclientauth.testbed.application;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.web.LoopbackServer;
import io.github.multiclientauth.testbed.web.Pages;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.List;

/** An application that does not know Keycloak: a static page, and a proxy that forwards {@code /api/auth/*} to the facade. */
public final class DemoApplication implements AutoCloseable {

    /** In bytes. More than any request of the Auth.js API needs. */
    private static final int LARGEST_BODY = 256 * 1024;

    private final LoopbackServer server;
    private final HttpClient towardsFacade;

    private DemoApplication(LoopbackServer server, HttpClient towardsFacade) {
        this.server = server;
        this.towardsFacade = towardsFacade;
    }

    /**
     * @param pictures the origins of avatars, as sources of a Content-Security-Policy; nothing else is loaded from other
     *     origins
     * @param other the application that the page links to, to show single sign-on
     */
    public record Settings(
            String title,
            Origin origin,
            int facadePort,
            List<String> pictures,
            String otherTitle,
            Origin other,
            List<Offer> providers) {

        public Settings {
            pictures = List.copyOf(pictures);
            providers = List.copyOf(providers);
        }
    }

    /**
     * A way to sign in.
     *
     * @param alias as in {@code /api/auth/signin/<alias>}
     * @param name what the button says
     */
    public record Offer(String alias, String name) {}

    /** Starts the application, and returns when it listens. */
    public static DemoApplication start(Vertx vertx, Settings settings) {
        HttpClient client = vertx.createHttpClient();
        HttpProxy facade = HttpProxy.reverseProxy(client)
                .origin(settings.facadePort(), "127.0.0.1")
                .addInterceptor(new KeepsHost());

        Router pages = pages(vertx, settings);
        LoopbackServer server =
                LoopbackServer.listen(vertx, settings.title(), settings.origin().port(), request -> {
                    if (isForFacade(request) && isTooLarge(request)) {
                        Replies.data(request.response(), 413, "text/plain; charset=utf-8", "The request is too large.");
                    } else if (isForFacade(request)) {
                        facade.handle(request);
                    } else {
                        pages.handle(request);
                    }
                });
        return new DemoApplication(server, client);
    }

    /** The application's own pages. Something in front of it must serve {@code /api/auth/*}. */
    public static Router pages(Vertx vertx, Settings settings) {
        Router pages = Router.router(vertx);
        String page = Pages.template(DemoApplication.class, "index.html")
                .data("title", settings.title())
                .data("otherTitle", settings.otherTitle())
                .data("other", settings.other())
                .data("providers", settings.providers())
                .render();
        String policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src "
                + String.join(" ", settings.pictures())
                + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        pages.get("/")
                .handler(context -> Replies.send(context.response(), 200, "text/html; charset=utf-8", policy, page));
        file(pages, "/app.js", "text/javascript; charset=utf-8", Pages.text(DemoApplication.class, "app.js"));
        file(pages, "/style.css", "text/css; charset=utf-8", Pages.text(Pages.class, "style.css"));
        pages.get("/favicon.ico")
                .handler(context -> context.response().setStatusCode(204).end());
        pages.route().handler(DemoApplication::notFound);
        return pages;
    }

    /** Keeps the {@code Host} header of the browser, by which the facade recognizes the application. The proxy would send its own. */
    private static final class KeepsHost implements ProxyInterceptor {

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            request.setAuthority(request.proxiedRequest().authority());
            return context.sendRequest();
        }
    }

    /**
     * Whether the facade would refuse the body. It answers before it has read all, and then each such request would hold
     * one of the few connections to it.
     */
    private static boolean isTooLarge(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > LARGEST_BODY;
    }

    /** Compares the raw request target. The facade decides what other spellings of the path mean, not a proxy. */
    private static boolean isForFacade(HttpServerRequest request) {
        return request.uri().equals("/api/auth") || request.uri().startsWith("/api/auth/");
    }

    private static void file(Router pages, String path, String type, String text) {
        pages.get(path).handler(context -> Replies.data(context.response(), 200, type, text));
    }

    private static void notFound(RoutingContext context) {
        Replies.data(context.response(), 404, "text/plain; charset=utf-8", "There is no such page here.");
    }

    @Override
    public void close() {
        server.close();
        towardsFacade.close();
    }
}
