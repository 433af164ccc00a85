package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import java.util.Optional;
import java.util.function.Function;

/** The application that an origin belongs to, or a refusal. */
public sealed interface Recognition {

    /** The value of the function for this case. */
    <T> T match(Function<Recognized, T> recognized, Function<Refused, T> refused);

    /** Empty if the request is refused. */
    default Optional<Recognized> recognized() {
        return match(Optional::of, refused -> Optional.empty());
    }

    /**
     * @param origin an origin of the application, or of a preview
     * @param host the origin that the request came to: the application's, or one of the facade's
     * @param sharedHost whether the host name also serves other clients on other ports or schemes. Cookies do not
     *     distinguish those, so the cookie names must
     */
    record Recognized(Application application, Origin origin, Origin host, boolean sharedHost) implements Recognition {

        @Override
        public <T> T match(Function<Recognized, T> recognized, Function<Refused, T> refused) {
            return recognized.apply(this);
        }

        /** Recognises a request at the application's own origin. */
        public Recognized(Application application, Origin origin, boolean sharedHost) {
            this(application, origin, origin, sharedHost);
        }

        /** The same application, served at a central origin of the facade. */
        public Recognized at(Origin central) {
            return new Recognized(application, origin, central, true);
        }

        /** Whether the request came to an origin of the facade, not of the application. */
        public boolean isCentral() {
            return !host.equals(origin);
        }

        /** Whether the origin is not registered and matches a preview pattern of the application. */
        public boolean isPreview() {
            return !application.origins().contains(origin);
        }

        /** The origin that Keycloak knows. For a preview it is the application's callback origin. */
        public Origin registeredOrigin() {
            return isPreview() ? application.previews().orElseThrow().callbackOrigin() : origin;
        }
    }

    /** A refusal. The facade never guesses an application. */
    record Refused(Reason reason) implements Recognition {
        @Override
        public <T> T match(Function<Recognized, T> recognized, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }

    /** Why no application was recognised. */
    enum Reason {
        /** The request names no readable origin. */
        NO_ORIGIN,
        /** No application is registered there. */
        UNKNOWN_ORIGIN,
        /** Several applications claim the origin. */
        AMBIGUOUS,
        /** The applications are not known yet, or no longer. */
        NOT_READY
    }
}
