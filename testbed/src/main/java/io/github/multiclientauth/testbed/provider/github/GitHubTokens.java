package io.github.multiclientauth.testbed.provider.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.testbed.provider.oauth.ClientAuthentication;
import io.github.multiclientauth.testbed.provider.oauth.Issued;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import io.github.multiclientauth.testbed.provider.oauth.TokenDialect;
import io.github.multiclientauth.testbed.provider.oauth.TokenFault;
import java.util.Set;

/**
 * The endpoint {@code POST /login/oauth/access_token}. It takes a form or JSON, and answers with a form or JSON according to
 * {@code Accept}. Errors have status 200.
 *
 * @see <a href="https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors">
 *     Troubleshooting OAuth app access token request errors</a>
 */
final class GitHubTokens implements TokenDialect {

    private static final String TROUBLESHOOTING =
            "/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/#";

    @Override
    public Set<ClientAuthentication> clientAuthentication() {
        return Set.of(ClientAuthentication.POST);
    }

    @Override
    public boolean takesJson() {
        return true;
    }

    @Override
    public boolean assumesCode() {
        return true;
    }

    @Override
    public boolean assumesRedirect() {
        return true;
    }

    @Override
    public boolean answersInJson(String accept) {
        return accept != null && accept.contains("application/json");
    }

    @Override
    public Reply refusal(TokenFault fault) {
        return switch (fault) {
            case UNKNOWN_APP, WRONG_SECRET ->
                error(
                        "incorrect_client_credentials",
                        "The client_id and/or client_secret passed are incorrect.",
                        "incorrect-client-credentials");
            case OTHER_REDIRECT ->
                error(
                        "redirect_uri_mismatch",
                        "The redirect_uri MUST match the registered callback URL for this application.",
                        "redirect-uri-mismatch2");
            case UNSUPPORTED_GRANT_TYPE, UNKNOWN_REFRESH_TOKEN ->
                error(
                        "unsupported_grant_type",
                        "The grant_type parameter must be authorization_code.",
                        "unsupported-grant-type");
            case MISSING_CODE, UNKNOWN_CODE, USED_CODE, EXPIRED_CODE, MISSING_VERIFIER, WRONG_VERIFIER ->
                error("bad_verification_code", "The code passed is incorrect or expired.", "bad-verification-code");
        };
    }

    private static Reply error(String code, String description, String anchor) {
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("error", code)
                        .put("error_description", description)
                        .put("error_uri", TROUBLESHOOTING + anchor));
    }

    @Override
    public Reply granted(Issued issued) {
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", issued.accessToken())
                        .put("scope", String.join(",", issued.grant().scopes()))
                        .put("token_type", "bearer"));
    }
}
