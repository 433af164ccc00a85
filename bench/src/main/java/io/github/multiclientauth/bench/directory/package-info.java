/** What the directory of applications costs Keycloak and the facade, from ten applications to ten thousand. */
package io.github.multiclientauth.bench.directory;
