package io.github.multiclientauth.extension.directory;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A way to read a realm. */
interface RealmReading {

    /** @param session whose realm this is; what is read does not change it */
    RealmContents read(KeycloakSession session, RealmModel realm);
}
