package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.origin.Origin;
import java.util.List;

/** What happens while somebody signs in. */
public sealed interface SignInEvent extends Event {

    /** The browser is sent to Keycloak. */
    record Started(AuthRequest request) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Too many sign-ins were started from one network. */
    record Limited(AuthRequest request, String network) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** The path names no provider that the application offers. */
    record UnknownProvider(AuthRequest request) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * What the application's request demands of the authentication cannot be understood.
     *
     * @param reason says which parameter, and quotes it
     */
    record DemandRefused(AuthRequest request, String reason) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak's metadata cannot be read, or is that of another issuer. The reason says which. */
    record KeycloakUnavailable(AuthRequest request, String reason) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak, or the provider behind it, answered with an error. */
    record ProviderError(AuthRequest request, String error) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak has no session, and was only asked for an existing one. */
    record NobodySignedIn(AuthRequest request) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * The callback is refused.
     *
     * @param begun whether it belongs to a sign-in that this browser has begun here
     */
    record CallbackRefused(AuthRequest request, boolean begun, String reason) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** The user did not authenticate as the sign-in, or the application, demands. */
    record StepUpRequired(AuthRequest request, String reason) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak's answer is on its way from the callback origin to a preview. */
    record HandedOff(AuthRequest request, Origin preview) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Keycloak's answer is not handed off to a preview, or the preview does not accept it. */
    record HandOffRefused(AuthRequest request, String reason) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /**
     * Somebody is signed in, without some of the claims that the administrator has chosen.
     *
     * @param names of the claims, as Keycloak sent them
     */
    record ClaimsLeftOut(AuthRequest request, List<String> names) implements SignInEvent {
        public ClaimsLeftOut {
            names = List.copyOf(names);
        }

        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Somebody is signed in. */
    record SignedIn(AuthRequest request) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** One method for each event. */
    interface Cases {

        void on(Started event);

        void on(Limited event);

        void on(UnknownProvider event);

        void on(DemandRefused event);

        void on(KeycloakUnavailable event);

        void on(ProviderError event);

        void on(NobodySignedIn event);

        void on(CallbackRefused event);

        void on(StepUpRequired event);

        void on(HandedOff event);

        void on(HandOffRefused event);

        void on(ClaimsLeftOut event);

        void on(SignedIn event);
    }
}
