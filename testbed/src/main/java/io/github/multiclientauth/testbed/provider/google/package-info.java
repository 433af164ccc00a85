/**
 * A stand-in for Google that says on the wire what Google says, and checks what Google checks.
 *
 * @see <a href="https://developers.google.com/identity/openid-connect/openid-connect">OpenID Connect at Google</a>
 */
package io.github.multiclientauth.testbed.provider.google;
