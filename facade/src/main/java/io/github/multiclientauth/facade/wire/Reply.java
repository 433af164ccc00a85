package io.github.multiclientauth.facade.wire;

import java.time.Duration;
import java.util.List;

/** What is answered, before it becomes bytes. */
public sealed interface Reply {

    /** What the answer sets, in this order. */
    List<SetCookie> cookies();

    /** 302; or 200 with {@code {"url": location}} for a client that asked for that. */
    record Redirect(String location, List<SetCookie> cookies) implements Reply {
        public Redirect {
            cookies = List.copyOf(cookies);
        }
    }

    /**
     * 302 to a page that says what went wrong. Sets no cookies, as Auth.js does: the person may still finish in another
     * tab.
     */
    record ErrorRedirect(String location) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }
    }

    /**
     * 303 to a host of the same application, for whatever client and method, with nothing set here: the answer belongs
     * there (RFC 9110, section 15.4.4).
     */
    record SeeOther(String location) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }
    }

    /** {@code application/json}. */
    record Json(int status, String body, List<SetCookie> cookies) implements Reply {
        public Json {
            cookies = List.copyOf(cookies);
        }

        public Json(int status, String body) {
            this(status, body, List.of());
        }
    }

    /** What a page would say, as JSON for a program: {@code {"message", "reference"}}. */
    record Message(int status, Page.Problem problem, List<SetCookie> cookies) implements Reply {
        public Message {
            cookies = List.copyOf(cookies);
        }

        public Message(int status, Page.Problem problem) {
            this(status, problem, List.of());
        }
    }

    /** 429, a page or a message, that says how long to wait. Sets no cookies: nothing has begun. */
    record TryLater(Duration after, Reply answer) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }
    }

    /** A page for a person; what it says as JSON, if the request asked for JSON and not for HTML. */
    record Html(int status, Page page, List<SetCookie> cookies) implements Reply {
        public Html {
            cookies = List.copyOf(cookies);
        }
    }

    /** A status and nothing else. */
    record Empty(int status) implements Reply {
        @Override
        public List<SetCookie> cookies() {
            return List.of();
        }
    }
}
