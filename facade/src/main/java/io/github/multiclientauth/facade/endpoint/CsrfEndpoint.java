package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.concurrent.CompletionStage;

/** {@code GET /api/auth/csrf}: the token that a POST has to carry. */
final class CsrfEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "csrf",
            Rules.Path.NAME,
            Rules.Methods.GET,
            Rules.Content.DATA,
            Rules.Cookies.STANDING,
            Rules.NamesApplication.BY_ORIGIN);

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        return new Reply.Json(200, "{\"csrfToken\":\"" + standing.csrf().value() + "\"}").now();
    }
}
