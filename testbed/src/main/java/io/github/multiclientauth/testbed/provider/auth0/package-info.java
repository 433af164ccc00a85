/**
 * A stand-in for an Auth0 tenant that says on the wire what Auth0 says, and checks what Auth0 checks.
 *
 * @see <a href="https://auth0.com/docs/api/authentication">Auth0's authentication API</a>
 */
package io.github.multiclientauth.testbed.provider.auth0;
