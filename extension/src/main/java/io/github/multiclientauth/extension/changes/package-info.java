/**
 * What has changed in a realm, so that facades know which sessions they must confirm again:
 * {@code /realms/{realm}/multi-client-auth/changes}. Its format is described in {@code docs/reference/changes.md}.
 */
package io.github.multiclientauth.extension.changes;
