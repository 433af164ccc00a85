package io.github.multiclientauth.testbed.provider.oauth;

/** How an app may send its secret to a token endpoint (RFC 6749, section 2.3.1). */
public enum ClientAuthentication {
    /** In the body. */
    POST,
    /** In the {@code Authorization} header. */
    BASIC
}
