package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.origin.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The content of a page of the facade. The words are chosen later, in the reader's language. */
public sealed interface Page {

    /** The value of the function for this kind of page. */
    <T> T match(
            Function<SignIn, T> signIn,
            Function<SignOut, T> signOut,
            Function<Sessions, T> sessions,
            Function<Problem, T> problem);

    /**
     * Lets a person choose how to sign in.
     *
     * @param application the name of the application
     * @param providers one button each
     * @param callbackUrl as given in the request; checked when the form is sent
     * @param whichApplication the end of the form's address, which names the application at a host that serves several, and what
     *     the sign-in demands. Operators' templates have this name
     * @param notice what went wrong before, if anything
     */
    record SignIn(
            String application,
            List<Provider> providers,
            String csrfToken,
            Optional<String> callbackUrl,
            String whichApplication,
            Optional<Notice> notice)
            implements Page {

        @Override
        public <T> T match(
                Function<SignIn, T> signIn,
                Function<SignOut, T> signOut,
                Function<Sessions, T> sessions,
                Function<Problem, T> problem) {
            return signIn.apply(this);
        }
    }

    /** The message above the buttons of the sign-in page, or above the list of sessions. */
    enum Notice {
        /** The person or the provider ended the sign-in. */
        NOT_FINISHED,
        /** The provider, or Keycloak's way to it, failed. */
        PROVIDER_FAILED,
        /** Another account has this e-mail address. */
        NOT_LINKED,
        /** The page that was asked for needs a sign-in. */
        SESSION_REQUIRED,
        /** The form was too old, or was sent without its cookie. */
        MISSING_CSRF,
        /** The address names a provider that is not offered. */
        NO_SUCH_PROVIDER,
        /** Any other error. */
        TRY_AGAIN,
        /** The session that the person chose has ended. */
        SESSION_ENDED,
        /** All other sessions of the person have ended. */
        SESSIONS_ENDED,
        /** The session that the person chose had ended before. */
        SESSION_GONE,
        /** Sessions that the person wants to end may not have ended. */
        SESSIONS_LEFT
    }

    /**
     * Asks whether to sign out.
     *
     * @param whichApplication the end of the form's address, which names the application at a host that serves several
     */
    record SignOut(String application, String csrfToken, Optional<String> callbackUrl, String whichApplication)
            implements Page {

        @Override
        public <T> T match(
                Function<SignIn, T> signIn,
                Function<SignOut, T> signOut,
                Function<Sessions, T> sessions,
                Function<Problem, T> problem) {
            return signOut.apply(this);
        }
    }

    /**
     * Shows the person's own sessions, and ends them.
     *
     * @param sessions the one of this browser first
     * @param more how many sessions are not shown, since they are very many
     * @param impersonated whether an administrator acts as the person, and sees no other session
     * @param callbackUrl where the page leads in the end, if the request names an address
     * @param back where the page leads in the end, absolute
     * @param whichApplication the end of the form's address, which names the application at a host that serves several
     * @param notice what has happened, if anything
     * @param now by Keycloak's clock
     */
    record Sessions(
            String application,
            List<Session> sessions,
            int more,
            boolean impersonated,
            String csrfToken,
            Optional<String> callbackUrl,
            String back,
            String whichApplication,
            Optional<Notice> notice,
            Instant now)
            implements Page {

        public Sessions {
            sessions = List.copyOf(sessions);
        }

        /** Whether there is something to end besides the session of this browser. */
        public boolean hasOthers() {
            return sessions.size() + more > 1;
        }

        @Override
        public <T> T match(
                Function<SignIn, T> signIn,
                Function<SignOut, T> signOut,
                Function<Sessions, T> sessions,
                Function<Problem, T> problem) {
            return sessions.apply(this);
        }
    }

    /**
     * A session of the person.
     *
     * @param id names it for this person only; never Keycloak's id
     * @param current whether it is the session of this browser
     * @param browser such as {@code Firefox 133}
     * @param system such as {@code Linux}
     * @param address the IP address from which the person signed in
     * @param provider with which it was begun; empty if that has no usable alias
     * @param offline whether an application can use it while no browser does
     * @param impersonated whether an administrator has begun it as the person
     */
    record Session(
            String id,
            boolean current,
            Optional<String> browser,
            Optional<String> system,
            Optional<String> address,
            Optional<Provider> provider,
            Instant started,
            Instant lastUsed,
            boolean offline,
            boolean impersonated,
            List<Place> applications) {

        public Session {
            applications = List.copyOf(applications);
        }
    }

    /** An application that a session is used at. */
    record Place(String name, Optional<Origin> origin) {}

    /**
     * Says what went wrong and what to do.
     *
     * @param application the name of the application; empty if none is known
     * @param reference names the entry in the facade's log
     * @param back where the page leads, absolute: the application's sign-in page if signing in again may help, otherwise
     *     the application; empty if no application is known
     */
    record Problem(Cause cause, Optional<String> application, Reference reference, Optional<String> back)
            implements Page {

        @Override
        public <T> T match(
                Function<SignIn, T> signIn,
                Function<SignOut, T> signOut,
                Function<Sessions, T> sessions,
                Function<Problem, T> problem) {
            return problem.apply(this);
        }
    }

    /**
     * The reason for an error page.
     *
     * <p>A status below 500 means that the request, or the person's browser, is at fault: monitoring need not look at it.
     */
    enum Cause {
        /** A sign-in could not be finished. Only the log has the reason. */
        CONFIGURATION(500, false),
        /** This browser has no such sign-in: it took too long, or was finished or begun elsewhere. */
        UNKNOWN_SIGN_IN(400, true),
        /** The application's server began the sign-in with Auth.js itself, whose answer only Auth.js can take. */
        BEGUN_BY_AUTH_JS(400, false),
        /** The browser sent no cookie at all. */
        NO_COOKIES(400, true),
        /** This browser has finished this sign-in already. */
        ALREADY_FINISHED(400, false),
        /** The sign-in took longer than it may. */
        TOOK_TOO_LONG(400, true),
        /** The application does not offer this way to sign in, or no longer. */
        PROVIDER_NOT_OFFERED(404, true),
        /** Keycloak does not accept the way the facade authenticates the application's client. */
        CLIENT_REFUSED(500, false),
        /** The clocks of Keycloak and the facade differ. */
        CLOCK_SKEW(500, false),
        /** The token does not name the application: the step or the mapper is missing. */
        ORIGIN_NOT_IN_TOKEN(500, false),
        /** {@code mca.issuer} is not the name that Keycloak has for itself. */
        WRONG_ISSUER(500, false),
        /** The answer comes from another server than Keycloak. */
        FOREIGN_ANSWER(400, true),
        /** Keycloak does not redeem the code. */
        CODE_REFUSED(400, true),
        /** Keycloak's session has ended before the sign-in was finished. */
        SESSION_ENDED(400, true),
        /** Keycloak cannot be reached, or has too much to do. */
        UNAVAILABLE(503, true),
        /** The person may not use the application. */
        ACCESS_DENIED(403, true),
        /** The person did not authenticate as the application demands: long ago, or with less. */
        STEP_UP_REQUIRED(403, true),
        /** Somebody else is signed in at Keycloak in this browser. */
        OTHER_PERSON(403, false),
        /** Keycloak, or the client there, is not set up for what the application asks for. */
        ACTION_NOT_AVAILABLE(404, false),
        /** The application's request demands something that cannot be understood. */
        MALFORMED_DEMAND(400, false),
        /** The person may not use this provider at the application. */
        PROVIDER_NOT_ALLOWED(403, true),
        /** The person's account is disabled at Keycloak. */
        ACCOUNT_DISABLED(403, false),
        /** The person's account is locked at Keycloak for a time, after too many failed sign-ins. */
        ACCOUNT_LOCKED(403, true),
        /** The code of Auth.js for a link in an e-mail. */
        VERIFICATION(403, true),
        /** An error without its own text. */
        OTHER(200, true),
        /** The {@code callbackUrl} of the request is not an address. */
        CALLBACK_URL(400, true),
        /** The {@code callbackUrl} of the request is too long. */
        CALLBACK_URL_TOO_LONG(400, true),
        /** The request does not say which application it is for. */
        NO_ORIGIN(400, false),
        /** No application has this origin. */
        UNKNOWN_ORIGIN(400, false),
        /** More than one application has this origin. */
        AMBIGUOUS_ORIGIN(400, false),
        /** The client of the application is disabled. */
        DISABLED(403, false),
        /** Keycloak cannot say at the moment which sessions the person has. */
        SESSIONS_UNAVAILABLE(503, false),
        /** The list of applications is not available at the moment. */
        NOT_READY(503, false),
        /** The request is malformed. */
        MALFORMED(400, true),
        /** The request is larger than any client's. */
        TOO_LARGE(413, true),
        /** The request did not arrive completely in time. */
        TOO_SLOW(408, true),
        /** More sign-ins were started than people start. */
        TOO_MANY(429, false),
        /** A bug in the facade. */
        FAILURE(500, true);

        private final int status;
        private final boolean again;

        Cause(int status, boolean again) {
            this.status = status;
            this.again = again;
        }

        /** The HTTP status of the page. */
        public int status() {
            return status;
        }

        /** Whether signing in again may help. */
        public boolean again() {
            return again;
        }

        /** The value of the parameter {@code code} in the address of the error page. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The cause with this code; empty for any other text. */
        public static Optional<Cause> ofCode(String code) {
            return Stream.of(values())
                    .filter(cause -> cause.code().equals(code))
                    .findFirst();
        }
    }
}
