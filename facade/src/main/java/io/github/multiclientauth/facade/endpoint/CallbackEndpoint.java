package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.signin.Callback;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/auth/callback/<provider>}: where Keycloak sends the browser back. A POST ({@code response_mode=form_post}) has
 * no CSRF token: the {@code state} protects it, as it protects the GET.
 */
final class CallbackEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "callback",
            Rules.Path.NAME_AND_PROVIDER,
            Rules.Methods.GET_AND_POST,
            Rules.Content.PAGE,
            Rules.Cookies.STANDING,
            Rules.NamesApplication.BY_STATE);

    private final Callback callback;

    CallbackEndpoint(Callback callback) {
        this.callback = callback;
    }

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        return callback.isAtNoProvider(request)
                ? Problems.noProvider(request, standing).now()
                : callback.finish(request);
    }
}
