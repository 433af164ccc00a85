package io.github.multiclientauth.extension.session;

import java.util.List;
import java.util.Optional;

/**
 * One session of a user: an online session, an offline one, or both, which have the same id.
 *
 * @param started in seconds of Keycloak's clock
 * @param lastUsed in seconds of Keycloak's clock
 * @param address from which the user signed in; {@code null} if it is unknown
 * @param provider the name of the provider that the session was begun with
 * @param offline whether an application can use it while no browser does
 * @param impersonated whether an administrator has begun it as the user
 */
record Sibling(
        String id,
        long started,
        long lastUsed,
        String address,
        DeviceText device,
        String provider,
        boolean offline,
        boolean impersonated,
        List<Place> places) {

    Sibling {
        places = List.copyOf(places);
    }

    /**
     * A client that the session is used at.
     *
     * @param origin where the user signed in; empty for a client that is no application, and without a browser
     */
    record Place(String client, String name, Optional<String> origin) {}
}
