/** What unit tests put in the place of the browser, of Keycloak and of time. */
package io.github.multiclientauth.facade.fake;
