package io.github.multiclientauth.facade.wire;

import java.time.Duration;

/**
 * Limits for requests that are still arriving.
 *
 * @param longest how long a head may take to arrive, and then a body
 * @param mostBytes how many bytes all of them together may hold
 */
public record ArrivalLimits(Duration longest, long mostBytes) {

    /** The smallest useful value. With less, requests that arrive in two pieces would be refused. */
    public static final long LEAST_BYTES = 1024 * 1024;
}
