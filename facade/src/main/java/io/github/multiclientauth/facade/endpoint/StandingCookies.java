package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.CookieRoom;
import io.github.multiclientauth.facade.wire.Csrf;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.ArrayList;
import java.util.List;

/**
 * The CSRF token and the callback URL: set by every answer that finds them missing or changed, except errors. A very long
 * callback URL is in no cookie: a sign-in that has begun remembers it all the same.
 *
 * @param secrets of the application, which vouch for the token
 */
public record StandingCookies(Csrf.Token csrf, CallbackUrl callbackUrl, List<Secret> secrets) {

    /** In characters, before they are encoded. */
    private static final int SURELY_FITS = 250;

    /** The reply with these cookies before its own, if it may set them. */
    Reply addTo(Reply reply, AuthRequest request) {
        List<SetCookie> cookies = new ArrayList<>(2);
        if (csrf.isNew()) {
            cookies.add(Csrf.cookie(csrf, request.names(), secrets));
        }
        remember(request, cookies);
        return cookies.isEmpty() ? reply : reply.withStanding(cookies);
    }

    /** Sets the cookie of the callback URL. Clears an old one instead if the URL is too long, and one of the old name. */
    private void remember(AuthRequest request, List<SetCookie> cookies) {
        for (CookieNames names : request.names().spellings()) {
            List<String> sent = request.cookies().values(names.callbackUrl());
            if (names == request.names() && fits(names)) {
                if (!sent.contains(callbackUrl.value())) {
                    cookies.add(cookie(names));
                }
            } else if (sent.stream().anyMatch(url -> request.names().own(names) || isOf(request, url))) {
                cookies.add(SetCookie.cleared(names.callbackUrl(), CookieNames.SITE_PATH, names.secure()));
            }
        }
    }

    /** Every request comes here, and encoding takes time: each character becomes three at most. */
    private boolean fits(CookieNames names) {
        return callbackUrl.value().length() <= SURELY_FITS || cookie(names).length() <= CookieRoom.CALLBACK_URL;
    }

    private SetCookie cookie(CookieNames names) {
        return SetCookie.forBrowserSession(
                names.callbackUrl(), callbackUrl.value(), CookieNames.SITE_PATH, names.secure());
    }

    /** Whether the URL is at the application's origin. One of another client on the host is at its own. */
    private static boolean isOf(AuthRequest request, String url) {
        return CallbackUrl.originOf(url).filter(request.origin()::equals).isPresent();
    }
}
