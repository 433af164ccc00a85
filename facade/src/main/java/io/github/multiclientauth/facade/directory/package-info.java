/**
 * The applications, as Keycloak lists them: read from the extension's directory endpoint or from a file in its format, and
 * kept as an immutable snapshot that is replaced as a whole.
 */
package io.github.multiclientauth.facade.directory;
