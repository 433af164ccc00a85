package io.github.multiclientauth.testbed.provider;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.web.LoopbackServer;
import io.github.multiclientauth.testbed.web.Pages;
import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.Optional;

/** GitHub's web site and its API on one loopback port, as far as signing in needs them. */
public final class StandInGitHub implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final LoopbackServer server;
    private final Origin origin;
    private final People people;
    private final Grants grants;

    private StandInGitHub(LoopbackServer server, Origin origin, People people, Grants grants) {
        this.server = server;
        this.origin = origin;
        this.people = people;
        this.grants = grants;
    }

    /** Listens when it returns. */
    public static StandInGitHub start(Vertx vertx, int port, OAuthApp app, Clock clock) {
        People people = People.usual();
        Grants grants = new Grants(clock);
        Origin origin = new Origin("http", "localhost", port);
        AuthorizeEndpoint authorize = new AuthorizeEndpoint(app, people, grants);
        UserEndpoints user = new UserEndpoints(people, grants, origin.toString());

        Router router = Router.router(vertx);
        router.post()
                .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES).setHandleFileUploads(false));
        router.get("/login/oauth/authorize").handler(authorize::ask);
        router.post("/login/oauth/authorize").handler(authorize::answer);
        router.post("/login/oauth/access_token").handler(new TokenEndpoint(app, people, grants)::redeem);
        router.get("/user").handler(user::user);
        router.get("/user/emails").handler(user::emails);
        router.get("/avatars/:file").handler(context -> avatar(context, people));
        String style = Pages.text(Pages.class, "style.css");
        router.get("/style.css")
                .handler(context -> Replies.data(context.response(), 200, "text/css; charset=utf-8", style));
        router.get("/favicon.ico")
                .handler(context -> context.response().setStatusCode(204).end());
        router.route().failureHandler(StandInGitHub::fail);
        router.route().handler(context -> context.fail(404));
        return new StandInGitHub(
                LoopbackServer.listen(vertx, "The stand-in for GitHub", port, router), origin, people, grants);
    }

    private static void avatar(RoutingContext context, People people) {
        Optional<Person> person = people.all().stream()
                .filter(someone -> (someone.id() + ".svg").equals(context.pathParam("file")))
                .findFirst();
        if (person.isPresent()) {
            Replies.data(context.response(), 200, "image/svg+xml", Avatar.svg(person.get()));
        } else {
            context.fail(404);
        }
    }

    private static void fail(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (status == 500) {
            ProviderLog.LOG.failed(context.failure());
        }
        Replies.data(
                context.response(),
                status,
                "application/json; charset=utf-8",
                "{\"message\":\"" + (status == 404 ? "Not Found" : "Refused") + "\",\"status\":\"" + status + "\"}");
    }

    public Origin origin() {
        return origin;
    }

    public People people() {
        return people;
    }

    public Grants grants() {
        return grants;
    }

    @Override
    public void close() {
        server.close();
    }
}
