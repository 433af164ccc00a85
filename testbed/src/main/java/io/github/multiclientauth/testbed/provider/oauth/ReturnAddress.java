package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Optional;

/** Where the browser is sent with the outcome: a redirect URI that has been checked, and the state to give back. */
public record ReturnAddress(String redirectUri, Optional<String> state) {}
