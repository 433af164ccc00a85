package io.github.multiclientauth.testbed.application;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.web.LoopbackServer;
import io.github.multiclientauth.testbed.web.Pages;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An application that does not know Keycloak: a static page, a proxy that forwards {@code /api/auth/*} to the facade and, if it has one, an
 * API behind that proxy.
 */
public final class DemoApplication implements AutoCloseable {

    /** In bytes. More than the facade takes, so that its own answer to large bodies can be seen. */
    private static final int LARGEST_BODY = 64 * 1024;

    /** What tokens for its API have as audience. */
    public static final String API_AUDIENCE = "demo-api";

    /** The path of the API. */
    private static final String API = "/api/me";

    private final LoopbackServer server;
    private final HttpClient towardsFacade;
    private final Optional<DemoApi> api;

    private DemoApplication(LoopbackServer server, HttpClient towardsFacade, Optional<DemoApi> api) {
        this.server = server;
        this.towardsFacade = towardsFacade;
        this.api = api;
    }

    /**
     * @param pictures the origins of avatars, as sources of a Content-Security-Policy; nothing else is loaded from other
     *     origins
     * @param other the application that the page links to, to show single sign-on
     * @param api what its API needs; empty if it has none
     */
    public record Settings(
            String title,
            Origin origin,
            int facadePort,
            List<String> pictures,
            String otherTitle,
            Origin other,
            List<Offer> providers,
            Optional<Api> api) {

        public Settings {
            pictures = List.copyOf(pictures);
            providers = List.copyOf(providers);
        }

        /** The settings of an application without an API. */
        public Settings(
                String title,
                Origin origin,
                int facadePort,
                List<String> pictures,
                String otherTitle,
                Origin other,
                List<Offer> providers) {
            this(title, origin, facadePort, pictures, otherTitle, other, providers, Optional.empty());
        }
    }

    /**
     * What an API and the proxy in front of it need.
     *
     * @param secret what the proxy and the facade know
     * @param issuer whose tokens the API accepts
     */
    public record Api(String secret, URI issuer) {

        /** Keeps the secret out of messages. */
        @Override
        public String toString() {
            return "Api[" + issuer + "]";
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
        HttpProxy facade = proxy(client, settings);
        Router pages = pages(vertx, settings);
        Optional<DemoApi> api = settings.api().map(its -> DemoApi.start(vertx, its.issuer()));
        api.ifPresent(its -> {
            ForwardAuthentication guard = new ForwardAuthentication(
                    client, settings.facadePort(), settings.api().get().secret(), its.port());
            pages.get(API).order(-1).handler(context -> guard.handle(context.request()));
        });
        LoopbackServer server =
                LoopbackServer.listen(vertx, settings.title(), settings.origin().port(), request -> {
                    if (isForFacade(request) && hasBody(request)) {
                        readFirst(
                                request,
                                body -> proxy(client, settings)
                                        .addInterceptor(new HasBody(body))
                                        .handle(request));
                    } else if (isForFacade(request)) {
                        facade.handle(request);
                    } else {
                        pages.handle(request);
                    }
                });
        return new DemoApplication(server, client, api);
    }

    private static HttpProxy proxy(HttpClient client, Settings settings) {
        return HttpProxy.reverseProxy(client)
                .origin(settings.facadePort(), "127.0.0.1")
                .addInterceptor(new KeepsHost());
    }

    /** The application's own pages. Something in front of it must serve {@code /api/auth/*}. */
    public static Router pages(Vertx vertx, Settings settings) {
        Router pages = Router.router(vertx);
        String page = Pages.template(DemoApplication.class, "index.html")
                .data("title", settings.title())
                .data("otherTitle", settings.otherTitle())
                .data("other", settings.other())
                .data("providers", settings.providers())
                .data("api", settings.api().isPresent())
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

    /** Sends a body that has been read already. */
    private record HasBody(Buffer body) implements ProxyInterceptor {

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            context.request().setBody(Body.body(body));
            return context.sendRequest();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains("Transfer-Encoding")
                || !"0".equals(request.headers().get("Content-Length"))
                        && request.headers().contains("Content-Length");
    }

    /**
     * Reads the whole body before the facade gets it. The facade answers a large body before it has read all. The proxy would then
     * stop reading, and the browser's connection would hang: a browser has few of them.
     */
    private static void readFirst(HttpServerRequest request, Consumer<Buffer> whole) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= LARGEST_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (body.length() > LARGEST_BODY) {
                Replies.data(request.response(), 413, "text/plain; charset=utf-8", "The request is too large.");
            } else {
                whole.accept(body);
            }
        });
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
        api.ifPresent(DemoApi::close);
        towardsFacade.close();
    }
}
