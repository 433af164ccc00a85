/** Keycloak from its image instead of the server zip: {@code -Dkeycloak.backend=container}. */
package io.github.multiclientauth.testbed.backend;
