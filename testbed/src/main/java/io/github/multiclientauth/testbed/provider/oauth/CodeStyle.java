package io.github.multiclientauth.testbed.provider.oauth;

import java.time.Duration;

/** What a provider's codes or tokens look like: a prefix, then so many random bytes as text; and how long they live. */
public record CodeStyle(String prefix, int bytes, Duration lifetime) {}
