package io.github.multiclientauth.facade.client;

import io.github.multiclientauth.origin.Origin;
import java.util.Optional;
import java.util.function.Function;

/** To which application an origin belongs; closed, so that every caller handles the refusals. */
public sealed interface Recognition {

    /** The value of the function for this case. */
    <T> T match(Function<Recognized, T> recognized, Function<Refused, T> refused);

    /** Empty if the request is refused. */
    default Optional<Recognized> recognized() {
        return match(Optional::of, refused -> Optional.empty());
    }

    /**
     * @param origin one of the application's own, or that of a preview
     * @param host where the request came to: the application's own origin, or one of the facade's
     * @param sharedHost whether the host name serves other clients too, on other ports or schemes: cookies do not tell
     *     those apart, so their names must
     */
    record Recognized(Application application, Origin origin, Origin host, boolean sharedHost) implements Recognition {

        @Override
        public <T> T match(Function<Recognized, T> recognized, Function<Refused, T> refused) {
            return recognized.apply(this);
        }

        /** At the application's own origin. */
        public Recognized(Application application, Origin origin, boolean sharedHost) {
            this(application, origin, origin, sharedHost);
        }

        /** The same application, served at an origin of the facade that serves others, too. */
        public Recognized at(Origin central) {
            return new Recognized(application, origin, central, true);
        }

        /** Whether the request came to an origin of the facade, not of the application. */
        public boolean isCentral() {
            return !host.equals(origin);
        }

        /** Whether the origin is none that is registered, but matches a pattern of the application's previews. */
        public boolean isPreview() {
            return !application.origins().contains(origin);
        }

        /** The origin that Keycloak knows: the same, or for a preview the one that it signs people in through. */
        public Origin registeredOrigin() {
            return isPreview() ? application.previews().orElseThrow().callbackOrigin() : origin;
        }
    }

    /** No application is guessed. */
    record Refused(Reason reason) implements Recognition {
        @Override
        public <T> T match(Function<Recognized, T> recognized, Function<Refused, T> refused) {
            return refused.apply(this);
        }
    }

    /** Why no application was recognised. */
    enum Reason {
        /** The request names no origin that could be read. */
        NO_ORIGIN,
        /** No application is registered there. */
        UNKNOWN_ORIGIN,
        /** Several applications claim the origin. */
        AMBIGUOUS,
        /** The applications are not known yet, or no longer. */
        NOT_READY
    }
}
