package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.DocumentCache;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;

/**
 * Notices changes of a realm's client policies when the directory is asked for. Keycloak reports them by no event that
 * every version has. The realm is in Keycloak's memory, so that looking costs nothing.
 */
final class PolicyChanges {

    private final DocumentCache cache;

    /** The hash of the policies that were last seen, by the realm's id. */
    private final ConcurrentMap<String, Integer> seen = new ConcurrentHashMap<>();

    PolicyChanges(DocumentCache cache) {
        this.cache = cache;
    }

    void look(RealmModel realm) {
        Integer now = List.of(
                        String.valueOf(realm.getAttribute(Constants.CLIENT_POLICIES)),
                        String.valueOf(realm.getAttribute(Constants.CLIENT_PROFILES)))
                .hashCode();
        if (!now.equals(seen.put(realm.getId(), now))) {
            cache.changed(realm.getId());
        }
    }
}
