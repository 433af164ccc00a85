/** Keycloak from its server zip. It is built once with the extension, and each start has a new database. */
package io.github.multiclientauth.testbed.keycloak;
