/** What Multi-Client Auth adds to Keycloak, one package for each feature. */
package io.github.multiclientauth.extension;
