/** Keycloak from its server zip: built once with the extension, started with a fresh database each time. */
package io.github.multiclientauth.testbed.keycloak;
