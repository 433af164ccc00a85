package io.github.multiclientauth.facade.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An answer to a request, before it becomes bytes. */
public sealed interface Reply {

    /** The cookies that the answer sets, in this order. */
    List<SetCookie> cookies();

    /** This reply with the standing cookies before its own. Replies that must not set them return themselves. */
    Reply withStanding(List<SetCookie> standing);

    /** Calls the method for this kind of reply. */
    <C> void match(Cases<C> cases, C context);

    /** This reply, without waiting. */
    default CompletionStage<Reply> now() {
        return CompletableFuture.completedFuture(this);
    }

    /**
     * One method for each kind of reply.
     *
     * @param <C> what the methods need besides the reply; handed through, so that no object is made for each reply
     */
    interface Cases<C> {

        void on(Redirect redirect, C context);

        void on(ErrorRedirect redirect, C context);

        void on(SeeOther redirect, C context);

        void on(Json json, C context);

        void on(Message message, C context);

        void on(TryLater later, C context);

        void on(Challenged challenged, C context);

        void on(Html html, C context);

        void on(Empty empty, C context);

        void on(ForProxy answer, C context);
    }

    /** A redirect: 302, or 200 with {@code {"url": location}} for a client that asked for that. */
    record Redirect(String location, List<SetCookie> cookies) implements Reply {
        public Redirect {
            cookies = List.copyOf(cookies);
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return new Redirect(location, joined(standing, cookies));
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /**
     * A redirect (302) to a page that says what went wrong. Sets no cookies, as in Auth.js: the person may still finish in
     * another tab.
     */
    record ErrorRedirect(String location) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return this;
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /**
     * A redirect (303) to another host of the same application, for every client and method (RFC 9110, section 15.4.4). Sets no
     * cookies: the other host gives the answer.
     */
    record SeeOther(String location) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return this;
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /** A JSON body. An error sets no standing cookies. */
    record Json(int status, String body, List<SetCookie> cookies) implements Reply {
        public Json {
            cookies = List.copyOf(cookies);
        }

        public Json(int status, String body) {
            this(status, body, List.of());
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return status >= 400 ? this : new Json(status, body, joined(standing, cookies));
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }

        /** Keeps tokens and what a session says out of messages. */
        @Override
        public String toString() {
            return "Json[" + status + "]";
        }
    }

    /** The content of an error page as JSON, for a program: {@code {"message", "reference"}}. */
    record Message(int status, Page.Problem problem, List<SetCookie> cookies) implements Reply {
        public Message {
            cookies = List.copyOf(cookies);
        }

        public Message(int status, Page.Problem problem) {
            this(status, problem, List.of());
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return this;
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /** A page or a message with status 429 that says how long to wait. Sets no cookies: nothing has begun. */
    record TryLater(Duration after, Reply answer) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return this;
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /**
     * An answer with status 401 that names the way to authenticate. Sets no cookies: nobody has authenticated.
     *
     * @param challenge the value of {@code WWW-Authenticate} (RFC 9110, section 11.6.1)
     */
    record Challenged(String challenge, Reply answer) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return this;
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /** A page for a person. If the request asks for JSON and not for HTML, its text as JSON. */
    record Html(int status, Page page, List<SetCookie> cookies) implements Reply {
        public Html {
            cookies = List.copyOf(cookies);
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return new Html(status, page, joined(standing, cookies));
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /** A status without a body. */
    record Empty(int status) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return this;
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }
    }

    /**
     * An answer to a reverse proxy, which acts on its status and passes headers on. Sets no standing cookies: no page asks.
     *
     * @param headers for the server behind the proxy or for the browser, in ASCII
     * @param body JSON, or empty
     */
    record ForProxy(int status, List<Header> headers, String body, List<SetCookie> cookies) implements Reply {
        public ForProxy {
            headers = List.copyOf(headers);
            cookies = List.copyOf(cookies);
        }

        @Override
        public Reply withStanding(List<SetCookie> standing) {
            return this;
        }

        @Override
        public <C> void match(Cases<C> cases, C context) {
            cases.on(this, context);
        }

        /** A header with its value. The value may be a token, and is never printed. */
        public record Header(String name, String value) {

            @Override
            public String toString() {
                return name + ": ***";
            }
        }
    }

    private static List<SetCookie> joined(List<SetCookie> first, List<SetCookie> then) {
        List<SetCookie> all = new ArrayList<>(first);
        all.addAll(then);
        return all;
    }
}
