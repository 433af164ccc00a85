/**
 * A stand-in for an Auth0 tenant. It sends the same answers and makes the same checks as Auth0.
 *
 * @see <a href="https://auth0.com/docs/api/authentication">Auth0's authentication API</a>
 */
package io.github.multiclientauth.testbed.provider.auth0;
