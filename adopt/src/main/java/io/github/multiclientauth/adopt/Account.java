package io.github.multiclientauth.adopt;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The account that changes the realm.
 *
 * @param realm the account's realm: {@code master}, or the realm that is changed
 */
record Account(Kind kind, String name, Secret secret, String realm) {

    enum Kind {
        /** A client with service account. */
        CLIENT,
        /** An administrator with a password and without a second factor. */
        ADMINISTRATOR
    }

    /** The parameters of the token request (RFC 6749, sections 4.3 and 4.4). */
    Map<String, String> grant() {
        Map<String, String> form = new LinkedHashMap<>();
        if (kind == Kind.CLIENT) {
            form.put("grant_type", "client_credentials");
            form.put("client_id", name);
            form.put("client_secret", secret.value());
        } else {
            form.put("grant_type", "password");
            form.put("client_id", "admin-cli");
            form.put("username", name);
            form.put("password", secret.value());
        }
        return form;
    }
}
