/** Signing out: here, at Keycloak, and for every copy of the cookie. */
package io.github.multiclientauth.facade.signout;
