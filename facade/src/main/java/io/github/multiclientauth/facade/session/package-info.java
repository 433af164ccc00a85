/** Sessions: sealed into cookies, revalidated with Keycloak when due, dead for good once signed out. */
package io.github.multiclientauth.facade.session;
