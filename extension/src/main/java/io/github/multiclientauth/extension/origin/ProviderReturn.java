package io.github.multiclientauth.extension.origin;

/** Whether the person comes back from an identity provider without having signed in. */
enum ProviderReturn {
    /** No: the flow runs for another reason. */
    NONE,
    /** The person did not want to. */
    CANCELLED,
    /** Something went wrong at the provider. */
    FAILED;

    /** Keycloak's message for {@code error=access_denied} from a provider. */
    private static final String ACCESS_DENIED = "access-denied-when-idp-auth";

    /** Keycloak's messages when it starts an expired or stale sign-in anew: nobody has said no to that one yet. */
    private static final String LOGIN_TIMEOUT = "loginTimeout";

    private static final String EXPIRED_ACTION = "expiredActionMessage";

    /**
     * @param forwardedError key of the message with which Keycloak runs the flow, {@code null} if there is none. It tells a
     *     provider's failure by nothing else
     */
    static ProviderReturn of(String forwardedError) {
        if (forwardedError == null) {
            return NONE;
        }
        return switch (forwardedError) {
            case LOGIN_TIMEOUT, EXPIRED_ACTION -> NONE;
            case ACCESS_DENIED -> CANCELLED;
            default -> FAILED;
        };
    }
}
