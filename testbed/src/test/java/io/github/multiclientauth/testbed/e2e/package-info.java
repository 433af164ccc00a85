/** End-to-end tests: real Keycloak, the facade as it is shipped, real HTTP. All share one {@link Chain}. */
package io.github.multiclientauth.testbed.e2e;
