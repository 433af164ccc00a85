package io.github.multiclientauth.testbed.provider.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Errors of token endpoints in the form of RFC 6749, section 5.2. The texts are those of each provider. */
public final class OAuthErrors {

    private OAuthErrors() {}

    public static Reply error(int status, String error, String description) {
        return Reply.json(
                status,
                JsonNodeFactory.instance.objectNode().put("error", error).put("error_description", description));
    }
}
