/**
 * The part of the internet that Keycloak calls and to which browsers are redirected: the providers' real host names over TLS, the proxy by
 * which Keycloak reaches them, and the same pages over plain HTTP for ordinary browsers.
 */
package io.github.multiclientauth.testbed.provider.internet;
