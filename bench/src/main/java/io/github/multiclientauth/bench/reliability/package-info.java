/** What sessions survive: two nodes of Keycloak on PostgreSQL and three facades, with a load running and faults injected. */
package io.github.multiclientauth.bench.reliability;
