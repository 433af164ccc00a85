package io.github.multiclientauth.facade.oidc;

import java.time.Duration;

/**
 * How long a request to Keycloak may take.
 *
 * @param connect until a connection is there
 * @param read from then on, until the last byte of the answer
 */
public record UpstreamTimeouts(Duration connect, Duration read) {

    /** The list of applications is a thousand times larger than other answers. */
    private static final int FOR_THE_DIRECTORY = 3;

    public UpstreamTimeouts {
        requirePositive("mca.keycloak.connect-timeout", connect);
        requirePositive("mca.keycloak.read-timeout", read);
    }

    /** All in all: nobody waits longer for an answer, however slowly it comes. */
    Duration total(KeycloakEndpoint endpoint) {
        return connect.plus(endpoint == KeycloakEndpoint.DIRECTORY ? read.multipliedBy(FOR_THE_DIRECTORY) : read);
    }

    private static void requirePositive(String setting, Duration timeout) {
        if (timeout.toMillis() <= 0 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    setting + ": has to be at least a millisecond and at most 24 days: " + timeout);
        }
    }
}
