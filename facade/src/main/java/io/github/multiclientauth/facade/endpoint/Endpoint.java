package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.AuthErrorCode;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One route of the contract. Its class says everything about it: {@link #rules} what holds for every request, {@link
 * #answer} what it does.
 *
 * <p>A new endpoint is a new class in this package and a line in {@link Endpoints}.
 */
public interface Endpoint {

    /** The path, and what {@link Endpoints} and the HTTP edge do for every request to it. */
    Rules rules();

    /**
     * Answers a request whose method the rules allow and that has the CSRF token if they demand one. Never blocks: what takes
     * time completes later.
     */
    CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing);

    /** Answers a POST that lacks the CSRF token. */
    default Reply answerForged(AuthRequest request) {
        return request.toSignInPage(AuthErrorCode.MISSING_CSRF);
    }

    /** Answers a request for an application whose client is disabled. */
    default Reply answerDisabled(AuthRequest request) {
        return Problems.disabled(request, List.of());
    }

    /**
     * Answers a request whose {@code callbackUrl} cannot be used.
     *
     * @param secrets of the application, to check a CSRF token
     * @param refusal makes the answer from the cookies that it sets
     */
    default CompletionStage<Reply> answerBadCallbackUrl(
            AuthRequest request, List<Secret> secrets, Function<List<SetCookie>, Reply> refusal) {
        return refusal.apply(List.of()).now();
    }
}
