/** Two small web applications. Each has its own origin and its own Keycloak client. */
package io.github.multiclientauth.testbed.application;
