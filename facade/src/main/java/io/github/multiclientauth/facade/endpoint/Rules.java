package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.endpoint.Problems.Audience;

/**
 * What holds for every request to an endpoint.
 *
 * @param name the first segment after {@code /api/auth}
 */
public record Rules(
        String name, Path path, Methods methods, Content content, Cookies cookies, NamesApplication namesApplication) {

    /** Whether a provider may follow the name. */
    public enum Path {
        NAME,
        NAME_AND_PROVIDER
    }

    /** Which methods there are. */
    public enum Methods {
        /** A POST leads to the error page. */
        GET(true, false, false),
        /** A GET is a bad request. The POST changes nothing that needs a CSRF token. */
        POST(false, true, false),
        /** Something other than the CSRF token protects the POST. */
        GET_AND_POST(true, true, false),
        /** A POST needs the CSRF token. */
        GET_AND_PROTECTED_POST(true, true, true);

        private final boolean get;
        private final boolean post;
        private final boolean protectsPost;

        Methods(boolean get, boolean post, boolean protectsPost) {
            this.get = get;
            this.post = post;
            this.protectsPost = protectsPost;
        }

        /** Whether there is an answer to GET. */
        public boolean haveGet() {
            return get;
        }

        boolean havePost() {
            return post;
        }

        boolean protectPost() {
            return protectsPost;
        }
    }

    /** What a GET is answered with, and so what an error looks like. */
    public enum Content {
        /** A page, or a redirect to one. Errors are pages. */
        PAGE(Audience.CLIENT),
        /** JSON. Errors are objects with a message. */
        DATA(Audience.CLIENT),
        /** The session. Clients take every object for one, so that errors are {@code null}. */
        SESSION(Audience.SESSION_CLIENT),
        /** An access token, for servers only. Errors are those of RFC 6749, section 5.2. */
        TOKEN(Audience.TOKEN_CLIENT);

        private final Audience program;

        Content(Audience program) {
            this.program = program;
        }

        /** Who reads an error, where the client is a program. */
        public Audience program() {
            return program;
        }
    }

    /** Whether answers set the CSRF token and the callback URL, as Auth.js does for this route. */
    public enum Cookies {
        STANDING,
        NONE
    }

    /** How a request names its application at a host that serves several. */
    public enum NamesApplication {
        BY_ORIGIN,
        /** The {@code state} of a sign-in names it: Keycloak sends the browser, and does not know the origin. */
        BY_STATE
    }
}
