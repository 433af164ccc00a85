/**
 * What an application has of its own at an identity provider: credentials, rules, and an answer when the provider fails.
 * Keycloak's own providers do the work; for clients that have not opted in nothing is different.
 */
package io.github.multiclientauth.extension.broker;
