/** Keycloak as an OpenID provider: what the facade asks it, and how it is asked. */
package io.github.multiclientauth.facade.oidc;
