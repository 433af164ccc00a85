/** Replacements for the browser, Keycloak and time in unit tests. */
package io.github.multiclientauth.facade.fake;
