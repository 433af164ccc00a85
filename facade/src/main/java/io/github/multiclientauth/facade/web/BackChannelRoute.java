package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.signout.BackChannelLogout;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/**
 * Where Keycloak sends logout tokens. By whatever host name it reaches the facade: the token says whom it is for, and no
 * browser comes here.
 */
final class BackChannelRoute {

    static final String PATH = Route.BACK_CHANNEL_LOGOUT;

    private static final String FORM = "application/x-www-form-urlencoded";

    private final BackChannelLogout logout;
    private final ReplyWriter writer;
    private final Unfinished unfinished;

    BackChannelRoute(BackChannelLogout logout, ReplyWriter writer, Unfinished unfinished) {
        this.logout = logout;
        this.writer = writer;
        this.unfinished = unfinished;
    }

    /** Whether the request is one; others are left to the routes of the contract. */
    boolean serves(HttpServerRequest request, Target target) {
        return request.method().equals(HttpMethod.POST)
                && target.path().equals(PATH)
                && target.query().isEmpty();
    }

    void answer(HttpServerRequest request) {
        boolean isForm = isForm(request);
        Body.read(request, unfinished, content -> {
            if (content instanceof Body.Content.TooSlow) {
                writer.write(request, new Reply.Empty(408), false);
                Body.abandon(request);
                return;
            }
            if (content instanceof Body.Content.NoRoom) {
                writer.write(request, new Reply.Empty(503), false);
                Body.abandon(request);
                return;
            }
            // What is no form, is too large or has a parameter twice holds no token.
            Parameters form = isForm && content instanceof Body.Content.Read read ? read.parameters() : Parameters.NONE;
            Future.fromCompletionStage(logout.receive(form), Vertx.currentContext())
                    .onSuccess(reply -> {
                        writer.write(request, reply, false);
                        if (content instanceof Body.Content.TooLarge) {
                            Body.abandon(request);
                        }
                    })
                    .onFailure(failure -> writer.write(request, new Reply.Empty(500), false));
        });
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM);
    }
}
