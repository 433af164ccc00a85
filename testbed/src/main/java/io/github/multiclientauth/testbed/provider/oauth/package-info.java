/**
 * What OAuth 2.0 and OpenID Connect have in common at every provider: registered apps, consent, codes, tokens, and what
 * can be made to go wrong. How a provider words things is its own and comes in as a dialect.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749">RFC 6749, the OAuth 2.0 authorization framework</a>
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID Connect Core 1.0</a>
 */
package io.github.multiclientauth.testbed.provider.oauth;
