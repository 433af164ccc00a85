/**
 * The applications that Keycloak lists: read from the extension's directory endpoint, and kept as an immutable snapshot
 * that is replaced as a whole.
 */
package io.github.multiclientauth.facade.directory;
