/**
 * The directory of a realm's applications, which the facade polls: {@code /realms/{realm}/multi-client-auth/directory}. Its
 * format is described in {@code docs/reference/directory.md}.
 */
package io.github.multiclientauth.extension.directory;
