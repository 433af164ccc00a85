/**
 * A stand-in for Facebook and its Graph API. It sends the same answers and makes the same checks as they do.
 *
 * @see <a href="https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow">Manually build a login
 *     flow</a>
 */
package io.github.multiclientauth.testbed.provider.facebook;
