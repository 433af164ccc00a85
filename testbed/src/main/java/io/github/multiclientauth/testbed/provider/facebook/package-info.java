/**
 * A stand-in for Facebook and its Graph API that says on the wire what they say, and checks what they check.
 *
 * @see <a href="https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow">Manually build a login
 *     flow</a>
 */
package io.github.multiclientauth.testbed.provider.facebook;
