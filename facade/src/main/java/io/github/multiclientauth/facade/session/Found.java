package io.github.multiclientauth.facade.session;

import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.function.Function;

/** Who is signed in, by the cookies of a request and by what Keycloak says of the session. */
public sealed interface Found {

    /** The value of the function for this case. */
    <T> T match(Function<SignedIn, T> signedIn, Function<Nobody, T> nobody, Function<Unavailable, T> unavailable);

    /** Somebody is signed in. */
    final class SignedIn implements Found {

        private final Session session;
        private final List<SetCookie> cookies;
        private final Function<Boolean, String> json;

        /** A session that Keycloak need not be asked about. */
        SignedIn(OpenedSession opened) {
            this(opened.session(), List.of(), opened::json);
        }

        SignedIn(Session session, List<SetCookie> cookies) {
            this(session, cookies, shown -> SessionClaims.json(session, shown));
        }

        private SignedIn(Session session, List<SetCookie> cookies, Function<Boolean, String> json) {
            this.session = session;
            this.cookies = List.copyOf(cookies);
            this.json = json;
        }

        /** The session as Keycloak has confirmed it last. */
        public Session session() {
            return session;
        }

        /** The cookies that renew the session; empty unless Keycloak has confirmed it since they were made. */
        public List<SetCookie> cookies() {
            return cookies;
        }

        /**
         * The JSON for {@code getSession()}.
         *
         * @param shown whether it also says how the user authenticated
         */
        String json(boolean shown) {
            return json.apply(shown);
        }

        @Override
        public <T> T match(
                Function<SignedIn, T> signedIn, Function<Nobody, T> nobody, Function<Unavailable, T> unavailable) {
            return signedIn.apply(this);
        }
    }

    /**
     * Nobody is signed in.
     *
     * @param cookies clear what is left of a session; empty if there are sessions of several persons
     */
    record Nobody(List<SetCookie> cookies) implements Found {
        public Nobody {
            cookies = List.copyOf(cookies);
        }

        @Override
        public <T> T match(
                Function<SignedIn, T> signedIn, Function<Nobody, T> nobody, Function<Unavailable, T> unavailable) {
            return nobody.apply(this);
        }
    }

    /** Keycloak has to be asked and cannot be asked. */
    record Unavailable() implements Found {
        @Override
        public <T> T match(
                Function<SignedIn, T> signedIn, Function<Nobody, T> nobody, Function<Unavailable, T> unavailable) {
            return unavailable.apply(this);
        }
    }
}
