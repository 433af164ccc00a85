package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.signin.SignIn;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** {@code GET /api/auth/error}: the page that says what went wrong. */
final class ErrorEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "error",
            Rules.Path.NAME,
            Rules.Methods.GET,
            Rules.Content.PAGE,
            Rules.Cookies.STANDING,
            Rules.NamesApplication.BY_ORIGIN);

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        return request.application()
                .pages()
                .error()
                .<Reply>map(own -> new Reply.Redirect(request.ownPage(own, OwnPages.query(request)), List.of()))
                .orElseGet(() -> page(request, standing))
                .now();
    }

    /**
     * Without a code of ours the statuses are those of Auth.js. An unknown error gets the general text and is never
     * repeated.
     */
    private static Reply page(AuthRequest request, StandingCookies standing) {
        Cause cause = switch (request.query().get("error").orElse("")) {
            case "Configuration" -> Cause.CONFIGURATION;
            case "AccessDenied" -> Cause.ACCESS_DENIED;
            // Only an address that somebody wrote has it: no provider here sends links by e-mail.
            case "Verification" -> Cause.VERIFICATION;
            case "StepUpRequired" -> Cause.STEP_UP_REQUIRED;
            default -> Cause.OTHER;
        };
        if (cause == Cause.STEP_UP_REQUIRED) {
            return SignIn.again(request, standing.callbackUrl())
                    .map(address -> Problems.page(request, cause, address))
                    .orElseGet(() -> Problems.page(request, cause));
        }
        return Problems.page(
                request, cause == Cause.OTHER ? cause : precise(request).orElse(cause));
    }

    private static Optional<Cause> precise(AuthRequest request) {
        return request.query().get(AuthRequest.CODE).flatMap(Cause::ofCode);
    }
}
