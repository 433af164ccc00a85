package io.github.multiclientauth.facade.signout;

import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.oidc.SessionKeeper.Ending;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Ends the session everywhere: here, at Keycloak, and for every copy of the cookie. */
public final class SignOut {

    /** More do not fit into a request. A browser has more than one only if cookies were planted. */
    private static final int MAX_ENDED = 50;

    private final KeycloakSessions keycloak;
    private final SessionCookies cookies;
    private final Revocations revocations;
    private final Events events;

    public SignOut(KeycloakSessions keycloak, SessionCookies cookies, Revocations revocations, Events events) {
        this.keycloak = keycloak;
        this.cookies = cookies;
        this.revocations = revocations;
        this.events = events;
    }

    /**
     * Signs out here before it returns, whatever happens later, and then waits a moment for Keycloak. Without a session the
     * answer is the same, and nothing is cleared.
     *
     * @param answer makes the answer from the cookies that it clears
     */
    public CompletionStage<Reply> end(AuthRequest request, Function<List<SetCookie>, Reply> answer) {
        return end(request, Optional.empty(), answer);
    }

    /** Does the same, and sends the browser to an address, by way of Keycloak if the administrator wants it so. */
    public CompletionStage<Reply> endAndGoTo(AuthRequest request, CallbackUrl address) {
        return end(request, Optional.of(address.value()), cleared -> new Reply.Redirect(address.value(), cleared));
    }

    private CompletionStage<Reply> end(
            AuthRequest request, Optional<String> returnTo, Function<List<SetCookie>, Reply> answer) {
        List<Identity> found = endHere(request);
        List<SetCookie> cleared = cookies.clear(request);
        Reply reply = answer.apply(cleared);
        List<String> sids =
                found.stream().map(Identity::sid).distinct().limit(MAX_ENDED).toList();
        // The browser can go to one address only. It has one session, if nobody has planted others.
        List<CompletableFuture<Ending>> endings = sids.stream()
                .map(sid -> keycloak.end(request, sid, returnTo.filter(address -> sids.size() == 1)))
                .toList();
        return CompletableFuture.allOf(endings.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    List<Ending> outcomes =
                            endings.stream().map(CompletableFuture::join).toList();
                    ended(request, found, outcomes);
                    return outcomes.stream()
                            .flatMap(ending -> addressAtKeycloak(ending).stream())
                            .findFirst()
                            .<Reply>map(address -> new Reply.Redirect(address, cleared))
                            .orElse(reply);
                });
    }

    private static Optional<String> addressAtKeycloak(Ending ending) {
        return ending.match(
                ended -> Optional.empty(),
                inBrowser -> Optional.of(inBrowser.address().toString()),
                notThere -> Optional.empty(),
                failed -> Optional.empty());
    }

    /** Signs out of an application whose client is disabled: Keycloak does not end sessions for it. */
    public List<SetCookie> endAtDisabled(AuthRequest request) {
        endHere(request);
        return cookies.clear(request);
    }

    /**
     * Makes every copy of the cookie worthless, without Keycloak. The application's server can make a session cookie with any
     * {@code sid}, so that this counts for this application only.
     *
     * @return usually one, but others may be planted beside it
     */
    private List<Identity> endHere(AuthRequest request) {
        List<Identity> identities =
                cookies.readAlsoExpired(request).stream().map(Session::identity).toList();
        identities.forEach(identity -> revocations.revokeFor(request.keyHolder(), identity.sid()));
        return identities;
    }

    private void ended(AuthRequest request, List<Identity> found, List<Ending> endings) {
        List<String> remains =
                endings.stream().flatMap(ending -> failure(ending).stream()).toList();
        remains.forEach(reason -> events.report(new SignOutEvent.KeycloakSessionRemains(request, reason)));
        events.report(new SignOutEvent.SignedOut(
                request,
                found.stream().findFirst().map(Identity::actor),
                outcome(!remains.isEmpty(), !found.isEmpty())));
    }

    private static Optional<String> failure(Ending ending) {
        return ending.match(
                ended -> Optional.empty(),
                inBrowser -> Optional.empty(),
                notThere -> Optional.empty(),
                failed -> Optional.of(failed.reason()));
    }

    private static SignOutOutcome outcome(boolean remains, boolean session) {
        if (remains) {
            return SignOutOutcome.KEYCLOAK_SESSION_REMAINS;
        }
        return session ? SignOutOutcome.SIGNED_OUT : SignOutOutcome.NOBODY;
    }
}
