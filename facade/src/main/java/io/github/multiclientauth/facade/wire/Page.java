package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Provider;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A page of the facade, before there are words for it: those depend on the reader's language. */
public sealed interface Page {

    /** The value of the function for this kind of page. */
    <T> T match(Function<SignIn, T> signIn, Function<SignOut, T> signOut, Function<Problem, T> problem);

    /**
     * Lets a person choose how to sign in.
     *
     * @param application the name of the application
     * @param providers one button each
     * @param callbackUrl as the request gave it; checked when the form comes back
     * @param whichApplication what the form's address ends with, at a host that serves several applications
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

    /** What the sign-in page says above its buttons. */
    enum Notice {
        /** The person or the provider ended the sign-in. */
        NOT_FINISHED,
        /** Another account has this e-mail address. */
        NOT_LINKED,
        /** A page that only people see who are signed in. */
        SESSION_REQUIRED,
        /** The form was too old, or came without its cookie. */
        MISSING_CSRF,
        /** Whatever else happened. */
        TRY_AGAIN
    }

    /**
     * Asks whether to sign out.
     *
     * @param whichApplication what the form's address ends with, at a host that serves several applications
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

    /** What a page is about that says what went wrong. */
    enum Cause {
        /** A sign-in could not be finished, for a reason that only the operator is told. */
        CONFIGURATION,
        /** The person may not use the application. */
        ACCESS_DENIED,
        /** An error that has no text of its own. */
        OTHER,
        /** The {@code callbackUrl} of the request is no address. */
        CALLBACK_URL,
        /** The request does not say which application it is for. */
        NO_ORIGIN,
        /** No application has this origin. */
        UNKNOWN_ORIGIN,
        /** More than one application has this origin. */
        AMBIGUOUS_ORIGIN,
        /** The client of the application is disabled. */
        DISABLED,
        /** The applications are not known at the moment. */
        NOT_READY,
        /** A request that no client sends. */
        MALFORMED,
        /** More than any client sends. */
        TOO_LARGE,
        /** It did not arrive completely in time. */
        TOO_SLOW,
        /** More sign-ins than people start. */
        TOO_MANY,
        /** The facade's own fault. */
        FAILURE
    }
}
