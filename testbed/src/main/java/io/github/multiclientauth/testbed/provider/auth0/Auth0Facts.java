package io.github.multiclientauth.testbed.provider.auth0;

import io.github.multiclientauth.testbed.provider.Person;

/**
 * What only the Auth0 tenant knows about a person.
 *
 * @param connection where the tenant keeps the account, the first part of its user id: {@code auth0} for its own
 *     database, {@code google-oauth2} for people it lets in through Google
 * @param emailVerified in the database only after a click on a link in an e-mail
 */
public record Auth0Facts(String connection, boolean emailVerified) {

    static final String DATABASE = "auth0";
    static final String GOOGLE = "google-oauth2";

    /** Grace comes through Google, and the one who only looks like Ada never clicked on the link. */
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
