package io.github.multiclientauth.extension.listing;

import java.util.List;

/**
 * What is read of a realm at one time.
 *
 * @param applications the clients that have opted in, in no particular order
 * @param providers those of the realm itself, not of an organization in it, in no particular order
 * @param ownLogin the names of Keycloak's own login page
 * @param signatureAlgorithm signs the tokens of clients that have no algorithm of their own
 */
public record RealmContents(
        List<Registration> applications,
        List<RealmProvider> providers,
        OwnLoginLabels ownLogin,
        String signatureAlgorithm) {

    public RealmContents {
        applications = List.copyOf(applications);
        providers = List.copyOf(providers);
    }
}
