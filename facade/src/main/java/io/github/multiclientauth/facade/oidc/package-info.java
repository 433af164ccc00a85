/** Keycloak as an OpenID provider: the requests of the facade, and how they are sent. */
package io.github.multiclientauth.facade.oidc;
