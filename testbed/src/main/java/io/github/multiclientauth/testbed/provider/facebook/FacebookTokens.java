package io.github.multiclientauth.testbed.provider.facebook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.testbed.provider.oauth.ClientAuthentication;
import io.github.multiclientauth.testbed.provider.oauth.Issued;
import io.github.multiclientauth.testbed.provider.oauth.Reply;
import io.github.multiclientauth.testbed.provider.oauth.TokenDialect;
import io.github.multiclientauth.testbed.provider.oauth.TokenFault;
import java.util.Set;

/** The endpoint {@code https://graph.facebook.com/oauth/access_token}. The grant type is optional. */
final class FacebookTokens implements TokenDialect {

    @Override
    public Set<ClientAuthentication> clientAuthentication() {
        return Set.of(ClientAuthentication.POST);
    }

    @Override
    public boolean assumesCode() {
        return true;
    }

    @Override
    public Reply refusal(TokenFault fault) {
        return switch (fault) {
            case UNKNOWN_APP ->
                GraphErrors.error(
                        101,
                        "invalid_client",
                        "Error validating application. Cannot get application info due to a system error.");
            case WRONG_SECRET -> GraphErrors.error(1, "invalid_client", "Error validating client secret.");
            case UNSUPPORTED_GRANT_TYPE, UNKNOWN_REFRESH_TOKEN ->
                GraphErrors.error(100, "invalid_request", "Invalid grant_type.");
            case MISSING_CODE -> GraphErrors.error(1, "invalid_request", "Missing authorization code");
            case UNKNOWN_CODE -> GraphErrors.error(100, "invalid_code", "Invalid verification code format.");
            case USED_CODE -> GraphErrors.error(100, 36009, "invalid_code", "This authorization code has been used.");
            case EXPIRED_CODE -> GraphErrors.error(100, 36007, "invalid_code", "This authorization code has expired.");
            case OTHER_REDIRECT ->
                GraphErrors.error(
                        100,
                        36008,
                        "invalid_code",
                        "Error validating verification code. Please make sure your redirect_uri is identical to the"
                                + " one you used in the OAuth dialog request");
            case MISSING_VERIFIER, WRONG_VERIFIER ->
                GraphErrors.error(100, "invalid_request", "The code_verifier does not match the code_challenge.");
        };
    }

    @Override
    public Reply granted(Issued issued) {
        return Reply.json(
                200,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("access_token", issued.accessToken())
                        .put("token_type", "bearer")
                        .put("expires_in", issued.expiresIn()));
    }
}
