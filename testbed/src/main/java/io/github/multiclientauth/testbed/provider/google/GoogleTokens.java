package io.github.multiclientauth.testbed.provider.google;

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

/** The endpoint {@code https://oauth2.googleapis.com/token}. */
final class GoogleTokens implements TokenDialect {

    private final GoogleProfile profile;

    GoogleTokens(GoogleProfile profile) {
        this.profile = profile;
    }

    @Override
    public Set<ClientAuthentication> clientAuthentication() {
        return EnumSet.allOf(ClientAuthentication.class);
    }

    @Override
    public Reply refusal(TokenFault fault) {
        return switch (fault) {
            case UNKNOWN_APP -> OAuthErrors.error(401, "invalid_client", "The OAuth client was not found.");
            case WRONG_SECRET -> OAuthErrors.error(401, "invalid_client", "Unauthorized");
            case UNSUPPORTED_GRANT_TYPE -> OAuthErrors.error(400, "unsupported_grant_type", "Invalid grant_type");
            case MISSING_CODE -> OAuthErrors.error(400, "invalid_request", "Missing required parameter: code");
            case UNKNOWN_CODE -> OAuthErrors.error(400, "invalid_grant", "Malformed auth code.");
            case USED_CODE, EXPIRED_CODE, UNKNOWN_REFRESH_TOKEN ->
                OAuthErrors.error(400, "invalid_grant", "Bad Request");
            case OTHER_REDIRECT -> OAuthErrors.error(400, "redirect_uri_mismatch", "Bad Request");
            case MISSING_VERIFIER -> OAuthErrors.error(400, "invalid_grant", "Missing code verifier.");
            case WRONG_VERIFIER -> OAuthErrors.error(400, "invalid_grant", "Invalid code verifier.");
        };
    }

    @Override
    public Reply granted(Issued issued) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("access_token", issued.accessToken()).put("expires_in", issued.expiresIn());
        issued.refreshToken().ifPresent(token -> body.put("refresh_token", token));
        body.put("scope", GoogleScopes.granted(issued.grant().scopes())).put("token_type", "Bearer");
        issued.idToken().ifPresent(token -> body.put("id_token", token));
        return Reply.json(200, body);
    }

    @Override
    public ObjectNode idTokenClaims(Grant grant, Person person) {
        return profile.claims(grant, person);
    }
}
