package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.wire.Route;

/**
 * The endpoint that a path leads to.
 *
 * @param template what all paths to it have in common: {@code {provider}} stands for any provider
 */
public record Destination(Endpoint endpoint, Route route, String template) {}
