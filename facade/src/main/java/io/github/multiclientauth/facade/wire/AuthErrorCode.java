package io.github.multiclientauth.facade.wire;

/** The errors of Auth.js that a browser gets to see, in the {@code error} parameter of the error or sign-in page. */
public enum AuthErrorCode {
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
