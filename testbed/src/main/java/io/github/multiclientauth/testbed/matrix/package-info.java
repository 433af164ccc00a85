/**
 * {@code mvn verify -Pmatrix}: the end-to-end suite with the one JAR on every Keycloak that it is meant for, one after the other, and the
 * table of README that tells the result.
 */
package io.github.multiclientauth.testbed.matrix;
