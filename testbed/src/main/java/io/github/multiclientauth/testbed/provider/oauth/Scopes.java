package io.github.multiclientauth.testbed.provider.oauth;

import java.util.Set;

/** The scopes of OpenID Connect that all of these providers know. */
public final class Scopes {

    public static final String OPENID = "openid";
    public static final String PROFILE = "profile";
    public static final String EMAIL = "email";

    /** All three. */
    public static final Set<String> OPENID_CONNECT = Set.of(OPENID, PROFILE, EMAIL);

    private Scopes() {}
}
