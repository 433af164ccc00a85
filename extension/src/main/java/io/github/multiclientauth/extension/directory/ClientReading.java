package io.github.multiclientauth.extension.directory;

import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A way to read the clients of a realm that have opted in. */
interface ClientReading {

    /**
     * In no particular order.
     *
     * @param session whose realm this is; nothing is changed in it
     */
    List<Registration> read(KeycloakSession session, RealmModel realm);
}
