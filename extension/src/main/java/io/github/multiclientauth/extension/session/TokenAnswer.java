package io.github.multiclientauth.extension.session;

/** The answer to a question for an access token; closed, so that each has its status in {@link SessionsEndpoint}. */
sealed interface TokenAnswer {

    /**
     * A token.
     *
     * @param seconds how long it can be used
     * @param scope may be empty
     * @param subject {@code sub} of the session's ID token
     */
    record Issued(String token, String type, long seconds, String scope, String subject) implements TokenAnswer {

        /** Keeps the token out of messages. */
        @Override
        public String toString() {
            return "Issued[***]";
        }
    }

    /** There is no such session, or none of this client. */
    record NoSession() implements TokenAnswer {}

    /**
     * The session is over for this application.
     *
     * @param reason in Keycloak's own words where Keycloak has refused
     */
    record Ended(String reason) implements TokenAnswer {}

    /** The session is alive, and the client's settings allow no token for it. */
    record Refused(String reason) implements TokenAnswer {}
}
