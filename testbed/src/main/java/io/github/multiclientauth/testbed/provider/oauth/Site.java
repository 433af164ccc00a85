package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.web.Pages;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.Consumer;

/** The common parts of every host of a provider: a limit for bodies, and an answer for unknown paths. */
public final class Site {

    private static final int MAX_BODY_BYTES = 64 * 1024;
    private static final String STYLE = Pages.text(Pages.class, "style.css");

    private Site() {}

    /** Creates a host for programs. */
    public static Router api(Vertx vertx, Consumer<Router> routes) {
        Router router = Router.router(vertx);
        router.post()
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES).setHandleFileUploads(false));
        routes.accept(router);
        router.route().failureHandler(Site::fail);
        router.route().handler(context -> context.fail(404));
        return router;
    }

    /** Creates a host for people: consent at {@code authorizePath}, pictures, style. It can also be mounted below a path. */
    public static Router pages(Vertx vertx, String authorizePath, Consent consent, Pictures pictures) {
        return pages(vertx, authorizePath, consent, pictures, more -> {});
    }

    /** Creates a host for people with {@code more} routes. */
    public static Router pages(
            Vertx vertx, String authorizePath, Consent consent, Pictures pictures, Consumer<Router> more) {
        return api(vertx, router -> {
            router.get(authorizePath).handler(consent::ask);
            router.post(authorizePath).handler(consent::answer);
            router.get(Pictures.ROUTE).handler(pictures::answer);
            router.get("/style.css")
                    .handler(context -> Replies.data(context.response(), 200, "text/css; charset=utf-8", STYLE));
            router.get("/favicon.ico")
                    .handler(context -> context.response().setStatusCode(204).end());
            more.accept(router);
        });
    }

    private static void fail(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (status == 500) {
            OAuthLog.LOG.failed(context.failure());
        }
        Replies.data(
                context.response(),
                status,
                "application/json; charset=utf-8",
                "{\"message\":\"" + (status == 404 ? "Not Found" : "Refused") + "\",\"status\":\"" + status + "\"}");
    }
}
