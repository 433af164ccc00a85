package io.github.multiclientauth.extension.directory;

import java.util.Set;

/** Keycloak's own clients of every realm, which are no applications even if somebody has given them the client scope. */
final class BuiltInClients {

    /** Those of every version from 26.0 on. */
    static final Set<String> IDS = Set.of(
            "account",
            "account-console",
            "admin-cli",
            "admin-permissions",
            "broker",
            "realm-management",
            "security-admin-console",
            "_system");

    private BuiltInClients() {}
}
