package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.Printable;

/** Why a provider's answer was not accepted, fit for the log. */
public final class FailureText {

    private FailureText() {}

    /**
     * One line of ASCII, 200 characters at most. Keycloak quotes the whole token response in some messages: such a message
     * is left out, since the response may hold tokens.
     *
     * @param tokenResponse body of the provider's token response, empty if there is none at hand
     */
    public static String of(RuntimeException failure, String tokenResponse) {
        String message = failure.getMessage();
        if (message == null || !tokenResponse.isEmpty() && message.contains(tokenResponse)) {
            return failure.getClass().getSimpleName();
        }
        return Printable.of(message);
    }
}
