package io.github.multiclientauth.testbed.provider;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The errors of GitHub's token endpoint, sent with status 200.
 *
 * @see <a href="https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors">
 *     Troubleshooting OAuth app access token request errors</a>
 */
enum TokenError {
    INCORRECT_CLIENT_CREDENTIALS(
            "incorrect_client_credentials",
            "The client_id and/or client_secret passed are incorrect.",
            "incorrect-client-credentials"),
    REDIRECT_URI_MISMATCH(
            "redirect_uri_mismatch",
            "The redirect_uri MUST match the registered callback URL for this application.",
            "redirect-uri-mismatch2"),
    BAD_VERIFICATION_CODE("bad_verification_code", "The code passed is incorrect or expired.", "bad-verification-code");

    private final String code;
    private final String description;
    private final String anchor;

    TokenError(String code, String description, String anchor) {
        this.code = code;
        this.description = description;
        this.anchor = anchor;
    }

    Map<String, String> body() {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", code);
        body.put("error_description", description);
        body.put(
                "error_uri",
                "/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#" + anchor);
        return body;
    }

    @Override
    public String toString() {
        return code;
    }
}
