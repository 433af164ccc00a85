package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.seal.Secret;
import io.github.multiclientauth.facade.signout.SignOut;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Csrf;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code /api/auth/signout}: signs out, or shows a page that asks. Signs out even if the {@code callbackUrl} cannot be used or
 * the client is disabled.
 */
final class SignOutEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "signout",
            Rules.Path.NAME,
            Rules.Methods.GET_AND_PROTECTED_POST,
            Rules.Content.PAGE,
            Rules.Cookies.STANDING,
            Rules.NamesApplication.BY_ORIGIN);

    /** Values of {@code Sec-Fetch-Site} that another site cannot cause. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "same-site", "none");

    private final SignOut signOut;

    SignOutEndpoint(SignOut signOut) {
        this.signOut = signOut;
    }

    @Override
    public Rules rules() {
        return RULES;
    }

    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        if (request.isPost() || mayActAtOnce(request)) {
            return signOut.endAndGoTo(request, standing.callbackUrl());
        }
        return page(request, standing).now();
    }

    /**
     * Whether a GET may sign out without asking: only if the browser says that a person navigates to it, by a link on the
     * application's own site or by typing the address. All others get the page that asks: a link on another site, an image, a
     * router's prefetch, a script, and a client without Fetch Metadata.
     *
     * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
     */
    private static boolean mayActAtOnce(AuthRequest request) {
        return request.client().isNavigation()
                && request.client().fetchSite().filter(OWN_SITE::contains).isPresent();
    }

    private static Reply page(AuthRequest request, StandingCookies standing) {
        return new Reply.Html(
                200,
                new Page.SignOut(
                        request.application().name(),
                        standing.csrf().value(),
                        request.query().nonEmpty("callbackUrl"),
                        request.whichApplication()),
                List.of());
    }

    @Override
    public Reply answerDisabled(AuthRequest request) {
        return Problems.disabled(request, signOut.endAtDisabled(request));
    }

    @Override
    public CompletionStage<Reply> answerBadCallbackUrl(
            AuthRequest request, List<Secret> secrets, Function<List<SetCookie>, Reply> refusal) {
        boolean signsOut = request.isPost() ? Csrf.isProtected(request, secrets) : mayActAtOnce(request);
        return signsOut
                ? signOut.end(request, refusal)
                : refusal.apply(List.of()).now();
    }
}
