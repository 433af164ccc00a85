/** Starting a sign-in at Keycloak and finishing it when the browser comes back. */
package io.github.multiclientauth.facade.signin;
