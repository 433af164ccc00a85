package io.github.multiclientauth.testbed.provider.oauth;

/** The reasons for refusing a profile. */
public enum ProfileFault {
    NO_TOKEN,
    /** The token is unknown or expired, or its owner is gone. */
    UNKNOWN_TOKEN
}
