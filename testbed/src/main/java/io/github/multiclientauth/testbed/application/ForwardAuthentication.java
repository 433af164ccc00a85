package io.github.multiclientauth.testbed.application;

import io.github.multiclientauth.testbed.web.Replies;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * What nginx does with {@code auth_request}: it asks the facade about each request for the API, and passes it on with the access token in
 * place of the cookies. The browser gets the answer of the API alone.
 */
record ForwardAuthentication(HttpClient client, int facadePort, String secret, int apiPort) {

    /** With the client id: the browser chooses the host, and the dashboard alone has an API. */
    private static final String VERIFY = "/api/auth/verify?client=dashboard";

    void handle(HttpServerRequest request) {
        ask(request)
                .compose(answer -> {
                    // The facade renews the session's cookie from time to time.
                    answer.cookies()
                            .forEach(cookie -> request.response().headers().add("Set-Cookie", cookie));
                    return answer.statusCode() == 200 ? pass(request, answer) : Future.succeededFuture(answer);
                })
                .compose(answer -> answer.body().map(body -> send(request.response(), answer, body)))
                .onFailure(unreachable ->
                        Replies.data(request.response(), 502, "text/plain; charset=utf-8", "Nobody answers."));
    }

    private Future<HttpClientResponse> ask(HttpServerRequest request) {
        return client.request(HttpMethod.GET, facadePort, "127.0.0.1", VERIFY).compose(question -> {
            question.putHeader("Host", request.getHeader("Host"))
                    .putHeader("X-Original-URI", request.uri())
                    .putHeader("X-Original-Method", request.method().name())
                    .putHeader("X-Forward-Auth-Secret", secret);
            if (request.headers().contains("Cookie")) {
                question.putHeader("Cookie", request.headers().getAll("Cookie"));
            }
            return question.send();
        });
    }

    /** Passes nothing on that the browser has sent, except for the path: this API needs no more. */
    private Future<HttpClientResponse> pass(HttpServerRequest request, HttpClientResponse answer) {
        return client.request(HttpMethod.GET, apiPort, "127.0.0.1", request.path())
                .compose(call -> {
                    String authorization = answer.getHeader("Authorization");
                    if (authorization != null && !authorization.isEmpty()) {
                        call.putHeader("Authorization", authorization);
                    }
                    return call.putHeader("X-Auth-Request-User", answer.getHeader("X-Auth-Request-User"))
                            .send();
                });
    }

    private static HttpServerResponse send(HttpServerResponse response, HttpClientResponse answer, Buffer body) {
        String type = answer.getHeader("Content-Type");
        Replies.data(response, answer.statusCode(), type == null ? "application/json" : type, body.toString());
        return response;
    }
}
