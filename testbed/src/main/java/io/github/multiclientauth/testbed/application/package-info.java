/** Two small web applications, as a company has many: each its own origin, each its own Keycloak client. */
package io.github.multiclientauth.testbed.application;
