/**
 * What the endpoints below {@code /realms/{realm}/multi-client-auth} have in common: who may ask, and the ways to
 * answer.
 */
package io.github.multiclientauth.extension.endpoint;
