package io.github.multiclientauth.testbed.provider.linkedin;

/** What only LinkedIn knows about a person. */
public record LinkedInFacts(boolean emailVerified) {}
