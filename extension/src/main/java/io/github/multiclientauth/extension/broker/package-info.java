/**
 * Keycloak's identity providers, with the application's own credentials and rules, and with an answer to the application when a provider
 * fails. For clients that have not opted in nothing is different.
 */
package io.github.multiclientauth.extension.broker;
