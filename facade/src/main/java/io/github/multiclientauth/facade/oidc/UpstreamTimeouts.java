package io.github.multiclientauth.facade.oidc;

import java.time.Duration;

/**
 * How long a request to Keycloak may take.
 *
 * @param connect until a connection is there
 * @param read between two packets of the answer
 */
public record UpstreamTimeouts(Duration connect, Duration read) {

    public UpstreamTimeouts {
        requirePositive(connect);
        requirePositive(read);
    }

    int connectMillis() {
        return Math.toIntExact(connect.toMillis());
    }

    int readMillis() {
        return Math.toIntExact(read.toMillis());
    }

    private static void requirePositive(Duration timeout) {
        if (timeout.toMillis() <= 0 || timeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("A time-out must be positive: " + timeout);
        }
    }
}
