/**
 * The part of the internet that Keycloak calls and that browsers are sent to: the providers' real host names over TLS,
 * the way to them for Keycloak, and the same pages over plain HTTP for browsers that know nothing of all this.
 */
package io.github.multiclientauth.testbed.provider.internet;
