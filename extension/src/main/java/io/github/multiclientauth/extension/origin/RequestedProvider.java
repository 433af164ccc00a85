package io.github.multiclientauth.extension.origin;

/**
 * The identity provider that a request asks for.
 *
 * @param alias of the provider that serves the request, the application's own one if it has one
 * @param allowed whether it is enabled, and the application may use it
 */
record RequestedProvider(String alias, boolean allowed) {}
