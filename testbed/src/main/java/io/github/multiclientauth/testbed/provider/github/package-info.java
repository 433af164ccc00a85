/**
 * A stand-in for GitHub that says on the wire what GitHub says, and checks what GitHub checks.
 *
 * @see <a href="https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps">Authorizing OAuth
 *     apps</a>
 */
package io.github.multiclientauth.testbed.provider.github;
