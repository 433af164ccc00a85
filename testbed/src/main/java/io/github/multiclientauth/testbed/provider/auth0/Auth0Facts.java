package io.github.multiclientauth.testbed.provider.auth0;

import io.github.multiclientauth.testbed.provider.Person;

/**
 * Data that only the Auth0 tenant has about a person.
 *
 * @param connection the store of the account, which is the first part of its user id: {@code auth0} for its own
 *     database, {@code google-oauth2} for people it lets in through Google
 * @param emailVerified in the database only after a click on a link in an e-mail
 */
public record Auth0Facts(String connection, boolean emailVerified) {

    static final String DATABASE = "auth0";
    static final String GOOGLE = "google-oauth2";

    /** Grace signs in through Google. The person whose name only looks like Ada's has never clicked on the link. */
    static Auth0Facts usual(Person person) {
        return switch (person.login()) {
            case "grace" -> new Auth0Facts(GOOGLE, true);
            case "ada-l" -> new Auth0Facts(DATABASE, false);
            default -> new Auth0Facts(DATABASE, true);
        };
    }

    boolean isInDatabase() {
        return connection.equals(DATABASE);
    }
}
