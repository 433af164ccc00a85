package io.github.multiclientauth.facade.signout;

import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Ending;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.session.SessionCookies.RefreshToken;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.Optional;
import java.util.Set;

/** {@code /api/auth/signout}: ends the session everywhere. */
public final class SignOut {

    /** Values of {@code Sec-Fetch-Site} that no other site can cause. */
    private static final Set<String> OWN = Set.of("same-origin", "same-site", "none");

    private final AuthorizationServer keycloak;
    private final SessionCookies cookies;
    private final Revocations revocations;
    private final SignOutLog log;

    public SignOut(AuthorizationServer keycloak, SessionCookies cookies, Revocations revocations, SignOutLog log) {
        this.keycloak = keycloak;
        this.cookies = cookies;
        this.revocations = revocations;
        this.log = log;
    }

    /** How a sign-out ended. */
    public enum Outcome {
        /** Here and at Keycloak. */
        SIGNED_OUT,
        /** The cookies are dead, but Keycloak's session may still be alive. */
        KEYCLOAK_SESSION_REMAINS,
        /** There was no session. */
        NOBODY
    }

    /** What signing out tells the operator. */
    public interface SignOutLog {

        /**
         * A request to sign out is answered.
         *
         * @param provider with which the person had signed in, where that is known
         */
        void signedOut(AuthRequest request, Optional<String> provider, Outcome outcome);

        /** The cookies are dead, but Keycloak's session may still be alive. */
        void keycloakSessionRemains(AuthRequest request, String reason);
    }

    /**
     * Whether a GET may sign out without asking: a link on the application's own site, or an address typed in, but neither
     * a link on another site nor an image, nor what is fetched before anybody has clicked. Clients that send no Fetch
     * Metadata count as navigations of the own site.
     *
     * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
     */
    public static boolean mayActAtOnce(AuthRequest request) {
        if (request.client().speculative()) {
            return false;
        }
        Optional<String> site = request.client().fetchSite();
        if (site.isEmpty()) {
            return true;
        }
        boolean navigation =
                request.client().fetchDestination().filter("document"::equals).isPresent();
        boolean ownScript = site.get().equals("same-origin")
                && request.client().fetchDestination().filter("empty"::equals).isPresent();
        return OWN.contains(site.get()) && (navigation || ownScript);
    }

    /** Blocks while Keycloak ends its session. Without a session it is the same redirect, and nothing is cleared. */
    public Reply end(AuthRequest request, CallbackUrl callbackUrl) {
        Optional<Identity> identity = cookies.read(request).map(Session::identity);
        Optional<String> sid = identity.map(Identity::sid);
        Optional<RefreshToken> refreshToken = cookies.refreshToken(request);
        // First, so that no copy of the cookie works while Keycloak is being asked, or if it does not answer. The two
        // cookies may be of two sessions, or one of them gone: whatever is here is to be over.
        sid.ifPresent(revocations::revoke);
        refreshToken.map(RefreshToken::sid).ifPresent(revocations::revoke);
        boolean remains = false;
        if (refreshToken.isPresent()) {
            Ending ending = keycloak.endSession(
                    request.application(), refreshToken.get().token());
            if (ending instanceof Ending.Failed failed) {
                remains = true;
                log.keycloakSessionRemains(request, failed.reason());
            } else {
                // What another application began with Keycloak's session meanwhile is over, too.
                revocations.revoke(refreshToken.get().sid());
            }
        }
        if (sid.isPresent() && !sid.equals(refreshToken.map(RefreshToken::sid))) {
            remains = true;
            log.keycloakSessionRemains(request, "the request has no refresh token of the session");
        }
        log.signedOut(
                request,
                identity.map(Identity::signedInWith),
                outcome(remains, sid.isPresent() || refreshToken.isPresent()));
        return new Reply.Redirect(callbackUrl.value(), cookies.clear(request));
    }

    private static Outcome outcome(boolean remains, boolean session) {
        if (remains) {
            return Outcome.KEYCLOAK_SESSION_REMAINS;
        }
        return session ? Outcome.SIGNED_OUT : Outcome.NOBODY;
    }
}
