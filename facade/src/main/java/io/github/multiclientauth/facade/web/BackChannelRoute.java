package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.signout.BackChannelLogout;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * {@code POST /api/auth/backchannel-logout}: receives Keycloak's logout tokens. Every host name will do: the token names its
 * client, and no browser comes here.
 */
final class BackChannelRoute implements ExtraRoute {

    private static final String PATH = Route.BASE_PATH + "/backchannel-logout";

    private final BackChannelLogout logout;
    private final ReplyWriter writer;
    private final Unfinished unfinished;

    BackChannelRoute(BackChannelLogout logout, ReplyWriter writer, Unfinished unfinished) {
        this.logout = logout;
        this.writer = writer;
        this.unfinished = unfinished;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public boolean serves(HttpServerRequest request, Target target) {
        return request.method().equals(HttpMethod.POST) && target.query().isEmpty();
    }

    @Override
    public void answer(HttpServerRequest request) {
        Body.read(request, unfinished, new WhenRead(request));
    }

    private final class WhenRead implements Body.Handler {

        private final HttpServerRequest request;

        WhenRead(HttpServerRequest request) {
            this.request = request;
        }

        @Override
        public void read(Parameters parameters) {
            receive(Body.isForm(request) ? parameters : Parameters.NONE, () -> {});
        }

        /** A form with a parameter twice holds no token. */
        @Override
        public void malformed() {
            receive(Parameters.NONE, () -> {});
        }

        @Override
        public void tooLarge() {
            receive(Parameters.NONE, () -> Body.abandon(request));
        }

        @Override
        public void tooSlow() {
            abandon(408);
        }

        @Override
        public void noRoom() {
            abandon(503);
        }

        private void receive(Parameters form, Runnable then) {
            Future.fromCompletionStage(logout.receive(form), Vertx.currentContext())
                    .onSuccess(reply -> {
                        writer.write(request, reply, false);
                        then.run();
                    })
                    .onFailure(failure -> writer.write(request, new Reply.Empty(500), false));
        }

        private void abandon(int status) {
            writer.write(request, new Reply.Empty(status), false);
            Body.abandon(request);
        }
    }
}
