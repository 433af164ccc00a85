package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.client.Recognition;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reference;

/** What happens to requests before an endpoint decides on them, or where one cannot. */
public sealed interface RequestEvent extends Event {

    /**
     * A request names no application, or none that is known.
     *
     * @param origin the origin that was looked up; empty if there is none
     * @param host as sent, or empty
     * @param ignored the forwarded header that was not believed, and who sent it; empty if there is none
     * @param lacksTls whether the same host with https is an application
     */
    record Unrecognised(
            Reference reference,
            Recognition.Reason reason,
            String origin,
            String host,
            String ignored,
            boolean lacksTls)
            implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A request is not what HTTP or the contract asks for. */
    record Malformed(Reference reference, String what) implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A request did not arrive completely in time. */
    record TooSlow() implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A request did not arrive completely, and others needed the memory. */
    record NoRoom() implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A connection was closed: its requests are ambiguous, or its client does not read the answers. */
    record ConnectionRefused(String what) implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * An application was recognised, but its client would not send this request, or the request lacks its
     * protection.
     *
     * @param what for the operator
     */
    record Refused(AuthRequest request, Refusal refusal, String what) implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * A reverse proxy's question who is signed in was not answered.
     *
     * @param trusted whether it was a proxy's; otherwise anybody may have asked
     * @param network of the client, as {@link AuthRequest.ClientHints} has it
     */
    record ProxyRefused(Reference reference, boolean trusted, String network, String what) implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** A bug in the facade. */
    record Failed(Reference reference, Throwable cause) implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Why a request of a known application is refused. */
    enum Refusal {
        /** The client is disabled in Keycloak. */
        CLIENT_DISABLED,
        /** The {@code callbackUrl} cannot be used. */
        CALLBACK_URL,
        /** The route has no such method. */
        METHOD,
        /** Another site may have caused it. */
        CSRF,
        /** It needs a session, and nobody is signed in. */
        SESSION_REQUIRED,
        /** Its parameters are missing or contradict each other. */
        MALFORMED,
        /** Too many requests wait for Keycloak. */
        BUSY,
        /** A reverse proxy's rule does not allow the application. */
        RULE,
        /** A browser asks for what only servers get. */
        BROWSER,
        /** The server does not prove to be the application's. */
        SERVER_NOT_PROVED,
        /** The administrator does not let the application have it. */
        NOT_ALLOWED,
        /** The proof of a key (DPoP) is missing or wrong. */
        PROOF,
        /** Keycloak issues no token, see {@link TokenEvent.Refused}. */
        NO_TOKEN
    }

    /** One method for each event. */
    interface Cases {

        void on(Unrecognised event);

        void on(Malformed event);

        void on(TooSlow event);

        void on(NoRoom event);

        void on(ConnectionRefused event);

        void on(Refused event);

        void on(ProxyRefused event);

        void on(Failed event);
    }
}
