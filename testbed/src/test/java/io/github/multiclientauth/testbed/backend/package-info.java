/** Keycloak from its image instead of the server zip, with {@code -Dkeycloak.backend=container}. */
package io.github.multiclientauth.testbed.backend;
