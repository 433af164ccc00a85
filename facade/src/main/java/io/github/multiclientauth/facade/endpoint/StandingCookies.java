package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.Csrf;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.ArrayList;
import java.util.List;

/** The CSRF token and the callback URL: set by every answer that finds them missing or changed, but for errors. */
record StandingCookies(Csrf.Token csrf, CallbackUrl callbackUrl, List<Secret> secrets) {

    /** The reply with these cookies before its own. */
    Reply addTo(Reply reply, AuthRequest request) {
        boolean known = request.cookies().values(request.names().callbackUrl()).contains(callbackUrl.value());
        if (known && !csrf.isNew()) {
            return reply;
        }
        List<SetCookie> cookies = new ArrayList<>();
        if (csrf.isNew()) {
            cookies.add(Csrf.cookie(csrf, request.names(), secrets));
        }
        if (!known) {
            cookies.add(SetCookie.forBrowserSession(
                    request.names().callbackUrl(),
                    callbackUrl.value(),
                    CookieNames.SITE_PATH,
                    request.names().secure()));
        }
        cookies.addAll(reply.cookies());
        if (reply instanceof Reply.Redirect redirect) {
            return new Reply.Redirect(redirect.location(), cookies);
        }
        if (reply instanceof Reply.Json json) {
            return new Reply.Json(json.status(), json.body(), cookies);
        }
        if (reply instanceof Reply.Html html) {
            return new Reply.Html(html.status(), html.page(), cookies);
        }
        return reply;
    }
}
