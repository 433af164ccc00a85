package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Provider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The content of a page of the facade. The words are chosen later, in the reader's language. */
public sealed interface Page {

    /** The value of the function for this kind of page. */
    <T> T match(Function<SignIn, T> signIn, Function<SignOut, T> signOut, Function<Problem, T> problem);

    /**
     * Lets a person choose how to sign in.
     *
     * @param application the name of the application
     * @param providers one button each
     * @param callbackUrl as given in the request; checked when the form is sent
     * @param whichApplication the end of the form's address, which names the application at a host that serves several
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
        public <T> T match(Function<SignIn, T> signIn, Function<SignOut, T> signOut, Function<Problem, T> problem) {
            return signIn.apply(this);
        }
    }

    /** The message above the buttons of the sign-in page. */
    enum Notice {
        /** The person or the provider ended the sign-in. */
        NOT_FINISHED,
        /** Another account has this e-mail address. */
        NOT_LINKED,
        /** The page that was asked for needs a sign-in. */
        SESSION_REQUIRED,
        /** The form was too old, or was sent without its cookie. */
        MISSING_CSRF,
        /** Any other error. */
        TRY_AGAIN
    }

    /**
     * Asks whether to sign out.
     *
     * @param whichApplication the end of the form's address, which names the application at a host that serves several
     */
    record SignOut(String application, String csrfToken, Optional<String> callbackUrl, String whichApplication)
            implements Page {

        @Override
        public <T> T match(Function<SignIn, T> signIn, Function<SignOut, T> signOut, Function<Problem, T> problem) {
            return signOut.apply(this);
        }
    }

    /**
     * Says what went wrong and what to do.
     *
     * @param application the name of the application; empty if none is known
     * @param reference names the entry in the facade's log
     * @param back the application's sign-in page, absolute; empty if no application is known
     */
    record Problem(Cause cause, Optional<String> application, Reference reference, Optional<String> back)
            implements Page {

        @Override
        public <T> T match(Function<SignIn, T> signIn, Function<SignOut, T> signOut, Function<Problem, T> problem) {
            return problem.apply(this);
        }
    }

    /** The reason for an error page. */
    enum Cause {
        /** A sign-in could not be finished. Only the log has the reason. */
        CONFIGURATION,
        /** The person may not use the application. */
        ACCESS_DENIED,
        /** An error without its own text. */
        OTHER,
        /** The {@code callbackUrl} of the request is not an address. */
        CALLBACK_URL,
        /** The request does not say which application it is for. */
        NO_ORIGIN,
        /** No application has this origin. */
        UNKNOWN_ORIGIN,
        /** More than one application has this origin. */
        AMBIGUOUS_ORIGIN,
        /** The client of the application is disabled. */
        DISABLED,
        /** The list of applications is not available at the moment. */
        NOT_READY,
        /** The request is malformed. */
        MALFORMED,
        /** The request is larger than any client's. */
        TOO_LARGE,
        /** The request did not arrive completely in time. */
        TOO_SLOW,
        /** More sign-ins were started than people start. */
        TOO_MANY,
        /** A bug in the facade. */
        FAILURE
    }
}
