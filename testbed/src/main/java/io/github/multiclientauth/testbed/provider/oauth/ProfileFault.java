package io.github.multiclientauth.testbed.provider.oauth;

/** Why nobody's profile is shown. */
public enum ProfileFault {
    NO_TOKEN,
    /** Never handed out, past its time, or its owner is gone. */
    UNKNOWN_TOKEN
}
