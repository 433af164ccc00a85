/** Benchmarks of the directory of applications at Keycloak and in the facade, with 10 to 10,000 applications. */
package io.github.multiclientauth.bench.directory;
