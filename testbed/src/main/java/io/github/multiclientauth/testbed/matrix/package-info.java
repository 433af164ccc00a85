/**
 * {@code mvn verify -Pmatrix}: runs the end-to-end suite with one JAR on every supported Keycloak, one after the other, and writes the table
 * of results in README and {@code docs/compatibility.md}.
 */
package io.github.multiclientauth.testbed.matrix;
