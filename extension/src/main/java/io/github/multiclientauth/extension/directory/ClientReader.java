package io.github.multiclientauth.extension.directory;

import io.github.multiclientauth.extension.listing.Registration;
import java.util.List;
import java.util.Set;

/** Reads the clients of a realm that have opted in. */
interface ClientReader {

    /**
     * Keycloak's own clients of every realm, in every version from 26.0 on. They are no applications, even if somebody has given them the
     * client scope.
     */
    Set<String> BUILT_IN = Set.of(
            "account",
            "account-console",
            "admin-cli",
            "admin-permissions",
            "broker",
            "realm-management",
            "security-admin-console",
            "_system");

    /**
     * In no particular order.
     *
     * @param realm whose clients these are; nothing is changed in it
     */
    List<Registration> read(RealmTransactions realm);
}
