package io.github.multiclientauth.facade.wire;

/** The error codes, of Auth.js but for one, that the facade puts into the address of the error page or the sign-in page. */
public enum AuthErrorCode {
    ACCESS_DENIED("AccessDenied"),
    CONFIGURATION("Configuration"),
    OAUTH_CALLBACK_ERROR("OAuthCallbackError"),
    MISSING_CSRF("MissingCSRF"),
    SESSION_REQUIRED("SessionRequired"),
    /** Not one of Auth.js: what the sign-in demanded of the authentication is not met. */
    STEP_UP_REQUIRED("StepUpRequired");

    private final String parameter;

    AuthErrorCode(String parameter) {
        this.parameter = parameter;
    }

    /** The value of the {@code error} parameter. */
    public String parameter() {
        return parameter;
    }
}
