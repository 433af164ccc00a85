package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Optional;

/** The target of the browser after the decision: a checked redirect URI, and the state to return. */
public record ReturnAddress(String redirectUri, Optional<String> state) {}
