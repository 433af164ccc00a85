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

/**
 * The CSRF token and the callback URL: set by every answer that finds them missing or changed, except errors.
 *
 * @param secrets of the application, which vouch for the token
 */
public record StandingCookies(Csrf.Token csrf, CallbackUrl callbackUrl, List<Secret> secrets) {

    /** The reply with these cookies before its own, if it may set them. */
    Reply addTo(Reply reply, AuthRequest request) {
        boolean known = request.cookies().values(request.names().callbackUrl()).contains(callbackUrl.value());
        if (known && !csrf.isNew()) {
            return reply;
        }
        List<SetCookie> cookies = new ArrayList<>(2);
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
        return reply.withStanding(cookies);
    }
}
