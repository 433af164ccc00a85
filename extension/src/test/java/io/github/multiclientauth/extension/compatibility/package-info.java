/** Holds the one released JAR to every version of Keycloak that it is for, without starting a server. */
package io.github.multiclientauth.extension.compatibility;
