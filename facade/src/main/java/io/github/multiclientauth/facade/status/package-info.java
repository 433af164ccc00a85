/** What an operator sees of a running facade: its applications, its contact with Keycloak, findings and keys. */
package io.github.multiclientauth.facade.status;
