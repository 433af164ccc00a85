package io.github.multiclientauth.testbed.provider;

/** What can go wrong at GitHub after a person has agreed. */
public enum Failure {
    /** The token endpoint takes the code for a wrong one: status 200 with an OAuth error. */
    BAD_VERIFICATION_CODE,
    /** The token endpoint takes the application's secret for a wrong one: status 200 with an OAuth error. */
    INCORRECT_CLIENT_CREDENTIALS,
    /** The API no longer accepts the token: 401. */
    BAD_CREDENTIALS,
    /** GitHub is down: 503 with an HTML page where JSON was expected. */
    UNAVAILABLE
}
