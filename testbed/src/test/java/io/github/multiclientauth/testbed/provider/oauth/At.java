package io.github.multiclientauth.testbed.provider.oauth;

import java.net.URI;
import java.util.Map;

/** The addresses and terms of each provider, for tests of what all have in common. */
public enum At {
    GITHUB(
            "github",
            "https://github.com/login/oauth/authorize",
            "https://github.com/login/oauth/access_token",
            "https://api.github.com/user",
            "user:email",
            "access_denied",
            Map.ofEntries(
                    Map.entry(TokenFault.UNKNOWN_APP, "200 incorrect_client_credentials"),
                    Map.entry(TokenFault.WRONG_SECRET, "200 incorrect_client_credentials"),
                    Map.entry(TokenFault.UNSUPPORTED_GRANT_TYPE, "200 unsupported_grant_type"),
                    Map.entry(TokenFault.MISSING_CODE, "200 bad_verification_code"),
                    Map.entry(TokenFault.UNKNOWN_CODE, "200 bad_verification_code"),
                    Map.entry(TokenFault.USED_CODE, "200 bad_verification_code"),
                    Map.entry(TokenFault.EXPIRED_CODE, "200 bad_verification_code"),
                    Map.entry(TokenFault.OTHER_REDIRECT, "200 redirect_uri_mismatch"),
                    Map.entry(TokenFault.MISSING_VERIFIER, "200 bad_verification_code"),
                    Map.entry(TokenFault.WRONG_VERIFIER, "200 bad_verification_code"))),
    GOOGLE(
            "google",
            "https://accounts.google.com/o/oauth2/v2/auth",
            "https://oauth2.googleapis.com/token",
            "https://openidconnect.googleapis.com/v1/userinfo",
            "openid profile email",
            "access_denied",
            Map.ofEntries(
                    Map.entry(TokenFault.UNKNOWN_APP, "401 invalid_client"),
                    Map.entry(TokenFault.WRONG_SECRET, "401 invalid_client"),
                    Map.entry(TokenFault.UNSUPPORTED_GRANT_TYPE, "400 unsupported_grant_type"),
                    Map.entry(TokenFault.MISSING_CODE, "400 invalid_request"),
                    Map.entry(TokenFault.UNKNOWN_CODE, "400 invalid_grant"),
                    Map.entry(TokenFault.USED_CODE, "400 invalid_grant"),
                    Map.entry(TokenFault.EXPIRED_CODE, "400 invalid_grant"),
                    Map.entry(TokenFault.OTHER_REDIRECT, "400 redirect_uri_mismatch"),
                    Map.entry(TokenFault.MISSING_VERIFIER, "400 invalid_grant"),
                    Map.entry(TokenFault.WRONG_VERIFIER, "400 invalid_grant"))),
    FACEBOOK(
            "facebook",
            "https://graph.facebook.com/oauth/authorize",
            "https://graph.facebook.com/oauth/access_token",
            "https://graph.facebook.com/me",
            "email",
            "access_denied",
            Map.ofEntries(
                    Map.entry(TokenFault.UNKNOWN_APP, "400 OAuthException 101"),
                    Map.entry(TokenFault.WRONG_SECRET, "400 OAuthException 1"),
                    Map.entry(TokenFault.UNSUPPORTED_GRANT_TYPE, "400 OAuthException 100"),
                    Map.entry(TokenFault.MISSING_CODE, "400 OAuthException 1"),
                    Map.entry(TokenFault.UNKNOWN_CODE, "400 OAuthException 100"),
                    Map.entry(TokenFault.USED_CODE, "400 OAuthException 100 36009"),
                    Map.entry(TokenFault.EXPIRED_CODE, "400 OAuthException 100 36007"),
                    Map.entry(TokenFault.OTHER_REDIRECT, "400 OAuthException 100 36008"),
                    Map.entry(TokenFault.MISSING_VERIFIER, "400 OAuthException 100"),
                    Map.entry(TokenFault.WRONG_VERIFIER, "400 OAuthException 100"))),
    LINKEDIN(
            "linkedin",
            "https://www.linkedin.com/oauth/v2/authorization",
            "https://www.linkedin.com/oauth/v2/accessToken",
            "https://api.linkedin.com/v2/userinfo",
            "openid profile email",
            "user_cancelled_login",
            Map.ofEntries(
                    Map.entry(TokenFault.UNKNOWN_APP, "401 invalid_client"),
                    Map.entry(TokenFault.WRONG_SECRET, "401 invalid_client"),
                    Map.entry(TokenFault.UNSUPPORTED_GRANT_TYPE, "400 unsupported_grant_type"),
                    Map.entry(TokenFault.MISSING_CODE, "400 invalid_request"),
                    Map.entry(TokenFault.UNKNOWN_CODE, "400 invalid_request"),
                    Map.entry(TokenFault.USED_CODE, "400 invalid_request"),
                    Map.entry(TokenFault.EXPIRED_CODE, "400 invalid_request"),
                    Map.entry(TokenFault.OTHER_REDIRECT, "400 invalid_request"),
                    Map.entry(TokenFault.WRONG_VERIFIER, "400 invalid_request"))),
    AUTH0(
            "auth0",
            "https://demo-tenant.eu.auth0.com/authorize",
            "https://demo-tenant.eu.auth0.com/oauth/token",
            "https://demo-tenant.eu.auth0.com/userinfo",
            "openid profile email",
            "access_denied",
            Map.ofEntries(
                    Map.entry(TokenFault.UNKNOWN_APP, "401 access_denied"),
                    Map.entry(TokenFault.WRONG_SECRET, "401 access_denied"),
                    Map.entry(TokenFault.UNSUPPORTED_GRANT_TYPE, "403 unsupported_grant_type"),
                    Map.entry(TokenFault.MISSING_CODE, "400 invalid_request"),
                    Map.entry(TokenFault.UNKNOWN_CODE, "403 invalid_grant"),
                    Map.entry(TokenFault.USED_CODE, "403 invalid_grant"),
                    Map.entry(TokenFault.EXPIRED_CODE, "403 invalid_grant"),
                    Map.entry(TokenFault.OTHER_REDIRECT, "403 invalid_grant"),
                    Map.entry(TokenFault.MISSING_VERIFIER, "403 invalid_grant"),
                    Map.entry(TokenFault.WRONG_VERIFIER, "403 invalid_grant")));

    private final String alias;
    private final URI authorize;
    private final URI token;
    private final URI profile;
    private final String scope;
    private final String cancelled;
    private final Map<TokenFault, String> errors;

    At(
            String alias,
            String authorize,
            String token,
            String profile,
            String scope,
            String cancelled,
            Map<TokenFault, String> errors) {
        this.alias = alias;
        this.authorize = URI.create(authorize);
        this.token = URI.create(token);
        this.profile = URI.create(profile);
        this.scope = scope;
        this.cancelled = cancelled;
        this.errors = errors;
    }

    String alias() {
        return alias;
    }

    URI authorize() {
        return authorize;
    }

    URI token() {
        return token;
    }

    URI profile() {
        return profile;
    }

    String scope() {
        return scope;
    }

    String cancelled() {
        return cancelled;
    }

    boolean hasIdTokens() {
        return this != FACEBOOK && this != GITHUB;
    }

    boolean knowsPkce() {
        return this != LINKEDIN;
    }

    /** The status of the profile endpoint for a wrong token. */
    int refusesTokensWith() {
        return this == FACEBOOK ? 400 : 401;
    }

    /** The status and error of the token endpoint. */
    String error(TokenFault fault) {
        return errors.get(fault);
    }
}
