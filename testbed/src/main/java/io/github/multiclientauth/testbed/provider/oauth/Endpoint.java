package io.github.multiclientauth.testbed.provider.oauth;

/** The endpoints that can be slow. */
public enum Endpoint {
    TOKEN,
    PROFILE
}
