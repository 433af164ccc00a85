/** End-to-end tests with a real Keycloak, the shipped facade and real HTTP. All share one {@link Chain}. */
package io.github.multiclientauth.testbed.e2e;
