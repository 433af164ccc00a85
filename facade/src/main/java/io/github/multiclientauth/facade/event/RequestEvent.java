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
     */
    record Refused(AuthRequest request, String what) implements RequestEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * A reverse proxy's question who is signed in was not answered.
     *
     * @param trusted whether it was a proxy's; otherwise anybody may have asked
     */
    record ProxyRefused(Reference reference, boolean trusted, String what) implements RequestEvent {
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
