package io.github.multiclientauth.facade.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.concurrent.CompletionStage;

/** {@code GET /api/auth/providers}: the providers that the application offers. Sets no cookies, as Auth.js does. */
final class ProvidersEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "providers",
            Rules.Path.NAME,
            Rules.Methods.GET,
            Rules.Content.DATA,
            Rules.Cookies.NONE,
            Rules.NamesApplication.BY_ORIGIN);

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        ObjectNode body = JSON.createObjectNode();
        for (Provider provider : request.offered()) {
            body.putObject(provider.alias())
                    .put("id", provider.alias())
                    .put("name", provider.displayName())
                    .put("type", provider.type())
                    .put("signinUrl", request.url("/signin/" + provider.alias()))
                    .put("callbackUrl", request.url("/callback/" + provider.alias()));
        }
        return new Reply.Json(200, body.toString()).now();
    }
}
