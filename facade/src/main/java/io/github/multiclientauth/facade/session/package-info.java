/** Sessions: sealed into cookies, revalidated with Keycloak when due, worthless after signing out. */
package io.github.multiclientauth.facade.session;
