package io.github.multiclientauth.testbed.provider.auth0;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.ClientAuthentication;
import io.github.multiclientauth.testbed.provider.oauth.Grant;
import io.github.multiclientauth.testbed.provider.oauth.Issued;
import io.github.multiclientauth.testbed.provider.oauth.OAuthErrors;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import io.github.multiclientauth.testbed.provider.oauth.TokenDialect;
import io.github.multiclientauth.testbed.provider.oauth.TokenFault;
import java.util.EnumSet;
import java.util.Set;

/** The endpoint {@code /oauth/token}. It takes a form or JSON, and answers 403 to a wrong code. */
final class Auth0Tokens implements TokenDialect {

    private final Auth0Profile profile;

    Auth0Tokens(Auth0Profile profile) {
        this.profile = profile;
    }

    @Override
    public Set<ClientAuthentication> clientAuthentication() {
        return EnumSet.allOf(ClientAuthentication.class);
    }

    @Override
    public boolean takesJson() {
        return true;
    }

    @Override
    public Reply refusal(TokenFault fault) {
        return switch (fault) {
            case UNKNOWN_APP, WRONG_SECRET -> OAuthErrors.error(401, "access_denied", "Unauthorized");
            case UNSUPPORTED_GRANT_TYPE -> OAuthErrors.error(403, "unsupported_grant_type", "Unsupported grant type");
            case MISSING_CODE -> OAuthErrors.error(400, "invalid_request", "Missing required parameter: code");
            case UNKNOWN_CODE, USED_CODE, EXPIRED_CODE ->
                OAuthErrors.error(403, "invalid_grant", "Invalid authorization code");
            case OTHER_REDIRECT -> OAuthErrors.error(403, "invalid_grant", "The redirect URI is wrong.");
            case MISSING_VERIFIER -> OAuthErrors.error(403, "invalid_grant", "Parameter 'code_verifier' is required");
            case WRONG_VERIFIER -> OAuthErrors.error(403, "invalid_grant", "Failed to verify code verifier");
            case UNKNOWN_REFRESH_TOKEN -> OAuthErrors.error(403, "invalid_grant", "Unknown or invalid refresh token.");
        };
    }

    @Override
    public Reply granted(Issued issued) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("access_token", issued.accessToken());
        issued.refreshToken().ifPresent(token -> body.put("refresh_token", token));
        issued.idToken().ifPresent(token -> body.put("id_token", token));
        body.put(
                        "scope",
                        String.join(
                                " ",
                                issued.grant().scopes().stream()
                                        .filter(Auth0Profile.SCOPES::contains)
                                        .toList()))
                .put("expires_in", issued.expiresIn())
                .put("token_type", "Bearer");
        return Reply.json(200, body);
    }

    @Override
    public ObjectNode idTokenClaims(Grant grant, Person person) {
        return profile.claims(grant, person);
    }
}
