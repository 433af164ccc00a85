/**
 * What Multi-Client Auth adds to Keycloak, and the values that several of its packages share. Packages are floors: each uses only those
 * below it, in the order that {@code ArchitectureTest} gives. What is decided is in {@code provider}, {@code decision}, {@code listing} and
 * {@code doctor}, in plain Java. What touches Keycloak is in the others.
 */
package io.github.multiclientauth.extension;
