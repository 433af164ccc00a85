package io.github.multiclientauth.extension.session;

/**
 * A question about one session of one application.
 *
 * @param client the application's client id
 * @param sid the session's id, as in the claim {@code sid} of an ID token
 * @param confirmedAt when Keycloak last confirmed the session or issued its ID token, in seconds of Keycloak's clock
 * @param extend whether the question keeps the session from becoming idle, as a refresh would
 */
record Question(String client, String sid, long confirmedAt, boolean extend) {}
