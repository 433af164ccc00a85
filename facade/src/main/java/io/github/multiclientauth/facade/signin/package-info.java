/** Signing in: starts a sign-in at Keycloak, and finishes it when the browser comes back. */
package io.github.multiclientauth.facade.signin;
