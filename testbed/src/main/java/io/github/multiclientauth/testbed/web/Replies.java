package io.github.multiclientauth.testbed.web;

import io.vertx.core.http.HttpServerResponse;

/** Writes answers. All headers of the testbed's own answers are set here. */
public final class Replies {

    private Replies() {}

    /** Sends a page or a part of one. {@code policy} is its Content-Security-Policy. */
    public static void send(HttpServerResponse response, int status, String type, String policy, String body) {
        response.setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Content-Security-Policy", policy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store")
                .end(body);
    }

    /** Sends data for a program. */
    public static void data(HttpServerResponse response, int status, String type, String body) {
        send(response, status, type, "default-src 'none'", body);
    }

    /** Redirects the browser with status 302, as GitHub does. */
    public static void redirect(HttpServerResponse response, String location) {
        response.setStatusCode(302)
                .putHeader("Location", location)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cache-Control", "no-store")
                .end();
    }
}
