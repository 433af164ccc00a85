package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.Printable;

/** Describes, for the log, why a provider's answer was not accepted. */
public final class FailureText {

    private FailureText() {}

    /**
     * Returns one line of ASCII with at most 200 characters of the message. Keycloak quotes the whole token response in
     * some messages. Such a message is left out, since the response may hold tokens.
     *
     * @param tokenResponse body of the provider's token response, empty if there is none
     */
    public static String of(RuntimeException failure, String tokenResponse) {
        String message = failure.getMessage();
        if (message == null || !tokenResponse.isEmpty() && message.contains(tokenResponse)) {
            return failure.getClass().getSimpleName();
        }
        return Printable.of(message);
    }
}
