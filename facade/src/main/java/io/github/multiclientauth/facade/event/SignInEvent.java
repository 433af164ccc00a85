package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.origin.Origin;
import java.util.List;
import java.util.Optional;

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

    /**
     * Keycloak, or the provider behind it, answered with an error.
     *
     * @param refusal why Keycloak turns the user away, if that is the error
     * @param cancelled whether the user did not want to go on
     * @param ofAction whether the user had asked for an action and is still signed in, see {@link ActionEnded}
     */
    record ProviderError(
            AuthRequest request, String error, Optional<Cause> refusal, boolean cancelled, boolean ofAction)
            implements SignInEvent {
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
     * @param cause which the user is told
     * @param reason for the operator
     */
    record CallbackRefused(AuthRequest request, boolean begun, Cause cause, String reason) implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** The user did not authenticate as the sign-in, or the application, demands. */
    record StepUpRequired(AuthRequest request, Actor actor, String reason) implements SignInEvent {
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

    /**
     * Keycloak has answered a request for an action, such as linking an account. If it has checked who the user is, {@link
     * SignedIn} came before.
     *
     * @param actor empty if Keycloak's answer does not say
     * @param action {@code kc_action}, of the closed list of actions, with the alias of the provider to link
     * @param status {@code success}, {@code cancelled} or {@code error}
     * @param refusal why Keycloak does not perform it, if it says so
     */
    record ActionEnded(
            AuthRequest request, Optional<Actor> actor, String action, String status, Optional<Cause> refusal)
            implements SignInEvent {
        @Override
        public void match(Event.Cases cases) {
            cases.on(this);
        }
    }

    /** Somebody is signed in. */
    record SignedIn(AuthRequest request, Actor actor) implements SignInEvent {
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

        void on(ActionEnded event);

        void on(SignedIn event);
    }
}
