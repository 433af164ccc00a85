package io.github.multiclientauth.testbed.launch;

import io.github.multiclientauth.origin.Origin;
import java.util.List;

/**
 * The addresses of all parts, for browsers.
 *
 * <p>The two applications have different host names. Cookies ignore ports, so on one host name they would share cookies. Keycloak and
 * the provider share {@code localhost} with portfolio. That does no harm, because their cookies have other names and paths.
 */
public record Addresses(Origin keycloak, Origin provider, Origin facade, Origin portfolio, Origin dashboard) {

    private static final String NAME = "localhost";
    private static final String ADDRESS = "127.0.0.1";

    static Addresses of(Ports ports) {
        return new Addresses(
                new Origin("http", NAME, ports.keycloak()),
                new Origin("http", NAME, ports.providers()),
                new Origin("http", ADDRESS, ports.facade()),
                new Origin("http", NAME, ports.portfolio()),
                new Origin("http", ADDRESS, ports.dashboard()));
    }

    /** All of them. */
    List<Origin> all() {
        return List.of(keycloak, provider, facade, portfolio, dashboard);
    }
}
