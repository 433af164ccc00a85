package io.github.multiclientauth.facade.web;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.multiclientauth.facade.page.PageRenderer;
import io.github.multiclientauth.facade.page.PageRenderer.Rendered;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes all answers of the contract, with the headers that they have in common. */
final class ReplyWriter {

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("private, no-cache, no-store");
    private static final CharSequence PRAGMA = HttpHeaders.createOptimized("Pragma");
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
    private static final CharSequence ZERO = HttpHeaders.createOptimized("0");
    private static final CharSequence VARIES = HttpHeaders.createOptimized("Cookie, Origin, X-Auth-Return-Redirect");
    private static final CharSequence PAGE_VARIES =
            HttpHeaders.createOptimized("Accept, Accept-Language, Cookie, Origin, X-Auth-Return-Redirect");
    static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

    private final PageRenderer pages;
    private final Reply.Cases<HttpServerRequest> asTheyAre = new Writing(false);
    private final Reply.Cases<HttpServerRequest> redirectsAsJson = new Writing(true);

    ReplyWriter(PageRenderer pages) {
        this.pages = pages;
    }

    /**
     * Writes the reply, unless the response has ended.
     *
     * @param redirectAsJson whether the client cannot follow redirects to other origins and asked for their target
     */
    void write(HttpServerRequest request, Reply reply, boolean redirectAsJson) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        headers(response.headers(), reply.cookies());
        reply.match(redirectAsJson ? redirectsAsJson : asTheyAre, request);
    }

    private final class Writing implements Reply.Cases<HttpServerRequest> {

        private final boolean redirectAsJson;

        Writing(boolean redirectAsJson) {
            this.redirectAsJson = redirectAsJson;
        }

        @Override
        public void on(Reply.Redirect redirect, HttpServerRequest request) {
            redirect(request.response(), redirect.location(), redirectAsJson);
        }

        @Override
        public void on(Reply.ErrorRedirect redirect, HttpServerRequest request) {
            redirect(request.response(), redirect.location(), redirectAsJson);
        }

        @Override
        public void on(Reply.SeeOther redirect, HttpServerRequest request) {
            request.response()
                    .putHeader(HttpHeaders.LOCATION, redirect.location())
                    .setStatusCode(303)
                    .end();
        }

        @Override
        public void on(Reply.Json json, HttpServerRequest request) {
            json(request.response(), json.status(), json.body());
        }

        @Override
        public void on(Reply.Message message, HttpServerRequest request) {
            Rendered rendered = pages.json(message.problem(), request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
            language(request.response(), rendered);
            json(request.response(), message.status(), rendered.content());
        }

        @Override
        public void on(Reply.TryLater later, HttpServerRequest request) {
            request.response()
                    .putHeader(
                            HttpHeaders.RETRY_AFTER, Long.toString(later.after().toSeconds()));
            write(request, later.answer(), redirectAsJson);
        }

        @Override
        public void on(Reply.Challenged challenged, HttpServerRequest request) {
            request.response().putHeader("WWW-Authenticate", challenged.challenge());
            write(request, challenged.answer(), redirectAsJson);
        }

        @Override
        public void on(Reply.Html html, HttpServerRequest request) {
            page(request, html);
        }

        @Override
        public void on(Reply.Empty empty, HttpServerRequest request) {
            request.response().setStatusCode(empty.status()).end();
        }

        @Override
        public void on(Reply.ForProxy answer, HttpServerRequest request) {
            HttpServerResponse response = request.response();
            for (Reply.ForProxy.Header header : answer.headers()) {
                response.putHeader(header.name(), header.value());
            }
            if (answer.body().isEmpty()) {
                response.setStatusCode(answer.status()).end();
            } else {
                json(response, answer.status(), answer.body());
            }
        }
    }

    /**
     * Sets the headers of all answers. No cache may store one, not even an error: a stored answer with a cookie would sign
     * strangers in (CVE-2025-48947).
     */
    private static void headers(MultiMap headers, List<SetCookie> cookies) {
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .set(HttpHeaders.EXPIRES, ZERO)
                .set(PRAGMA, NO_CACHE)
                .set(HttpHeaders.VARY, VARIES)
                .set(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .set(REFERRER_POLICY, NO_REFERRER);
        for (SetCookie cookie : cookies) {
            // The header is bytes: to write two long cookies character by character takes longer than to seal one.
            headers.add(
                    HttpHeaders.SET_COOKIE,
                    new AsciiString(cookie.header().getBytes(StandardCharsets.US_ASCII), false));
        }
    }

    private void page(HttpServerRequest request, Reply.Html html) {
        HttpServerResponse response = request.response();
        String language = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (RequestReader.prefersJson(request)) {
            Rendered rendered = pages.json(html.page(), language);
            language(response, rendered);
            json(response, html.status(), rendered.content());
            return;
        }
        Rendered rendered = pages.html(html.page(), language);
        language(response, rendered);
        response.putHeader(HttpHeaders.CONTENT_TYPE, HTML)
                .putHeader(CONTENT_SECURITY_POLICY, pages.contentSecurityPolicy())
                .setStatusCode(html.status())
                .end(rendered.content());
    }

    private static void language(HttpServerResponse response, Rendered rendered) {
        response.putHeader(HttpHeaders.CONTENT_LANGUAGE, rendered.language()).putHeader(HttpHeaders.VARY, PAGE_VARIES);
    }

    private static void redirect(HttpServerResponse response, String location, boolean asJson) {
        response.putHeader(HttpHeaders.LOCATION, location);
        if (asJson) {
            String url = String.valueOf(JsonStringEncoder.getInstance().quoteAsString(location));
            json(response, 200, "{\"url\":\"" + url + "\"}");
        } else {
            response.setStatusCode(302).end();
        }
    }

    private static void json(HttpServerResponse response, int status, String body) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .setStatusCode(status)
                .end(Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)));
    }
}
