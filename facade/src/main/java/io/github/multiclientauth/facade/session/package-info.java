/** Sessions: sealed into cookies, confirmed by Keycloak when due, worthless after signing out. */
package io.github.multiclientauth.facade.session;
