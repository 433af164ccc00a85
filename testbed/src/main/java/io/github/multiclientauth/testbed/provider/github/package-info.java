/**
 * A stand-in for GitHub. It sends the same answers and makes the same checks as GitHub.
 *
 * @see <a href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps">Authorizing OAuth
 *     apps</a>
 */
package io.github.multiclientauth.testbed.provider.github;
