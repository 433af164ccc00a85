package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
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
        return page(request).now();
    }

    /** Statuses as in Auth.js. An unknown code gets the general text and is never repeated. */
    private static Reply page(AuthRequest request) {
        return switch (request.query().get("error").orElse("")) {
            case "Configuration" -> Problems.page(request, 500, Cause.CONFIGURATION);
            case "AccessDenied" -> Problems.page(request, 403, Cause.ACCESS_DENIED);
            // Only an address that somebody wrote has it: no provider here sends links by e-mail.
            case "Verification" -> Problems.page(request, 403, Cause.OTHER);
            default -> Problems.page(request, 200, Cause.OTHER);
        };
    }
}
