package io.github.multiclientauth.facade.wire;

import io.github.multiclientauth.facade.client.Provider;
import java.util.List;
import java.util.Optional;

/** A page of the facade, before it is rendered. All texts are plain text: the templates escape them. */
public sealed interface Page {

    /**
     * Lets a person choose how to sign in.
     *
     * @param application the name of the application
     * @param providers one button each
     * @param callbackUrl as the request gave it; checked when the form comes back
     * @param message what went wrong before, if anything
     */
    record SignIn(
            String application,
            List<Provider> providers,
            String csrfToken,
            Optional<String> callbackUrl,
            Optional<String> message)
            implements Page {}

    /** Asks whether to sign out. */
    record SignOut(String application, String csrfToken, Optional<String> callbackUrl) implements Page {}

    /**
     * Says what went wrong and what to do.
     *
     * @param reference names the entry in the facade's log
     * @param back where to go on; empty if no application is known
     */
    record Problem(String heading, String text, Optional<String> reference, Optional<Link> back) implements Page {}

    /** An e-mail is on its way. */
    record VerifyRequest(String application) implements Page {}

    /** @param href absolute, on an origin of the application */
    record Link(String href, String text) {}
}
