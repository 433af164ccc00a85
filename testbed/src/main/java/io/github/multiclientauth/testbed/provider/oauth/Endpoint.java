package io.github.multiclientauth.testbed.provider.oauth;

/** Where a provider can be slow. */
public enum Endpoint {
    TOKEN,
    PROFILE
}
