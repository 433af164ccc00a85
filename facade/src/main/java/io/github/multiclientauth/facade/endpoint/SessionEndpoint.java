package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code /api/auth/session}: who is signed in, or {@code null}. A POST asks Keycloak first. Never an object unless somebody is
 * signed in, whatever goes wrong: clients take every object for a session.
 */
final class SessionEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "session",
            Rules.Path.NAME,
            Rules.Methods.GET_AND_PROTECTED_POST,
            Rules.Content.SESSION,
            Rules.Cookies.STANDING,
            Rules.NamesApplication.BY_ORIGIN);

    private static final Reply REFUSED = new Reply.Json(400, "null");

    private final SessionReads sessions;

    SessionEndpoint(SessionReads sessions) {
        this.sessions = sessions;
    }

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        return request.isPost() ? sessions.update(request) : sessions.read(request);
    }

    @Override
    public Reply answerForged(AuthRequest request) {
        return REFUSED;
    }

    /** Signs the person out, so that an application whose server decodes the cookie itself sees it too. */
    @Override
    public Reply answerDisabled(AuthRequest request) {
        return sessions.nobody(request);
    }

    /** Who is signed in does not depend on it, and servers add the address of their page, however long it is. */
    @Override
    public CompletionStage<Reply> answerBadCallbackUrl(
            AuthRequest request, List<Secret> secrets, Function<List<SetCookie>, Reply> refusal) {
        boolean tooLong = request.query()
                .nonEmpty("callbackUrl")
                .filter(CallbackUrl::isTooLong)
                .isPresent();
        return tooLong && !request.isPost() ? sessions.read(request) : REFUSED.now();
    }
}
