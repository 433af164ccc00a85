package io.github.multiclientauth.facade.wire;

import java.time.Duration;

/**
 * Limits for requests that have begun to arrive and are not complete.
 *
 * @param longest how long a head, and then a body, may take
 * @param mostBytes what all of them may hold together
 */
public record ArrivalLimits(Duration longest, long mostBytes) {

    /** Fewer would refuse requests that come in two pieces. */
    public static final long LEAST_BYTES = 1024 * 1024;
}
