package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/auth/_log}: clients of Auth.js 4 report their errors here. The reports are ignored. */
final class ClientLogEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "_log",
            Rules.Path.NAME,
            Rules.Methods.POST,
            Rules.Content.DATA,
            Rules.Cookies.NONE,
            Rules.NamesApplication.BY_ORIGIN);

    private static final Reply TAKEN = new Reply.Empty(200);

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        return TAKEN.now();
    }
}
