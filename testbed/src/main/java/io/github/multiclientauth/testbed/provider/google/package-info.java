/**
 * A stand-in for Google. It sends the same answers and makes the same checks as Google.
 *
 * @see <a href="https://developers.google.com/identity/openid-connect/openid-connect">OpenID Connect at Google</a>
 */
package io.github.multiclientauth.testbed.provider.google;
