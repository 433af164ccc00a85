package io.github.multiclientauth.testbed.e2e;

import java.net.URI;

/** The address of a page that says what went wrong. */
final class ErrorAddress {

    private ErrorAddress() {}

    /** The address without {@code code} and {@code reference}, as Auth.js has it. */
    static URI plain(URI address) {
        return URI.create(address.toString().replaceAll("&(code|reference)=[A-Za-z_0-9]+", ""));
    }
}
