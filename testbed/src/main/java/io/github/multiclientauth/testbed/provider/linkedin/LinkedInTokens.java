package io.github.multiclientauth.testbed.provider.linkedin;

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
import java.util.Set;

/** The endpoint {@code /oauth/v2/accessToken}. */
final class LinkedInTokens implements TokenDialect {

    private final LinkedInProfile profile;

    LinkedInTokens(LinkedInProfile profile) {
        this.profile = profile;
    }

    /** Takes the secret only in the body. */
    @Override
    public Set<ClientAuthentication> clientAuthentication() {
        return Set.of(ClientAuthentication.POST);
    }

    /** LinkedIn has one message for most errors of a code. */
    @Override
    public Reply refusal(TokenFault fault) {
        return switch (fault) {
            case UNKNOWN_APP, WRONG_SECRET -> OAuthErrors.error(401, "invalid_client", "Client authentication failed");
            case UNSUPPORTED_GRANT_TYPE, UNKNOWN_REFRESH_TOKEN ->
                OAuthErrors.error(400, "unsupported_grant_type", "The grant type is not supported");
            case MISSING_CODE -> OAuthErrors.error(400, "invalid_request", "A required parameter \"code\" is missing");
            case UNKNOWN_CODE, USED_CODE, EXPIRED_CODE, OTHER_REDIRECT, MISSING_VERIFIER, WRONG_VERIFIER ->
                OAuthErrors.error(
                        400,
                        "invalid_request",
                        "Unable to retrieve access token: appid/redirect uri/code verifier does not match"
                                + " authorization code. Or authorization code expired. Or external member binding"
                                + " exists");
        };
    }

    @Override
    public Reply granted(Issued issued) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("access_token", issued.accessToken())
                .put("expires_in", issued.expiresIn())
                .put(
                        "scope",
                        String.join(
                                ",", issued.grant().scopes().stream().sorted().toList()))
                .put("token_type", "Bearer");
        issued.idToken().ifPresent(token -> body.put("id_token", token));
        return Reply.json(200, body);
    }

    /** The claims of userinfo, with one difference: here {@code email_verified} is text. */
    @Override
    public ObjectNode idTokenClaims(Grant grant, Person person) {
        ObjectNode claims = profile.claims(grant, person);
        if (claims.has("email_verified")) {
            claims.put("email_verified", claims.get("email_verified").asText());
        }
        return claims;
    }
}
