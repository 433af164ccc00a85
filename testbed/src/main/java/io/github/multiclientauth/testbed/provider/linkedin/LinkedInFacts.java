package io.github.multiclientauth.testbed.provider.linkedin;

/** Data that only LinkedIn has about a person. */
public record LinkedInFacts(boolean emailVerified) {}
