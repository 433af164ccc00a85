package io.github.multiclientauth.extension.session;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The answer to one element of a request; closed, so that each has its form in {@link SessionsJson}. */
sealed interface Verdict {

    /**
     * The session is alive.
     *
     * @param user Keycloak's id of the user, which {@code sub} need not be
     * @param endsAt when it ends if nobody asks or refreshes, in seconds of Keycloak's clock
     * @param claims of the ID token that Keycloak would issue now
     */
    record Alive(String user, long endsAt, ObjectNode claims) implements Verdict {}

    /**
     * The session is over for this application.
     *
     * @param reason in Keycloak's own words where Keycloak has refused
     */
    record Ended(String reason) implements Verdict {}

    /**
     * Nothing is known: the element is no question, or it was not answered.
     *
     * @param error what is wrong
     */
    record Unknown(String error) implements Verdict {}

    /** Keycloak's code has failed on it, or the code of a mapper. */
    record Failed(RuntimeException cause) implements Verdict {}
}
