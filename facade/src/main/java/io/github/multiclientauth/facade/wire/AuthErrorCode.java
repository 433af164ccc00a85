package io.github.multiclientauth.facade.wire;

/** The error codes of Auth.js that the facade puts into the address of the error page or the sign-in page. */
public enum AuthErrorCode {
    ACCESS_DENIED("AccessDenied"),
    CONFIGURATION("Configuration"),
    OAUTH_CALLBACK_ERROR("OAuthCallbackError"),
    MISSING_CSRF("MissingCSRF");

    private final String parameter;

    AuthErrorCode(String parameter) {
        this.parameter = parameter;
    }

    /** The value of the {@code error} parameter. */
    public String parameter() {
        return parameter;
    }
}
