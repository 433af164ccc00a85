/** Signing out: here, at Keycloak, and for every copy of the cookies. */
package io.github.multiclientauth.facade.signout;
