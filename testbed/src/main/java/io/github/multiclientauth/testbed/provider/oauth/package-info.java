/**
 * The parts of OAuth 2.0 and OpenID Connect that are the same at every provider: registered apps, consent, codes, tokens, and failures that
 * tests cause. The differences between providers are in dialects.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749">RFC 6749, the OAuth 2.0 authorization framework</a>
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID Connect Core 1.0</a>
 */
package io.github.multiclientauth.testbed.provider.oauth;
