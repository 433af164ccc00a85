package io.github.multiclientauth.facade.client;

/**
 * Who gets access tokens of the users of an application, as its administrator has set in Keycloak (mapper <em>API
 * access</em>).
 *
 * @param servers whether the application's own servers may have them
 * @param proxies whether reverse proxies may have them, which ask for each request
 */
public record ApiAccess(boolean servers, boolean proxies) {

    /** The settings of an application without that mapper: nobody gets tokens. */
    public static final ApiAccess NONE = new ApiAccess(false, false);
}
