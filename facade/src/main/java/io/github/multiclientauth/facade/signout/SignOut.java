package io.github.multiclientauth.facade.signout;

import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.event.SignOutOutcome;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.Ending;
import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionCookies;
import io.github.multiclientauth.facade.session.SessionCookies.RefreshToken;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Ends the session everywhere: here, at Keycloak, and for every copy of the cookies. */
public final class SignOut {

    /** A browser has more only if cookies were planted. */
    private static final int MAX_ENDED = 10;

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
        Found found = endHere(request);
        Reply reply = answer.apply(cookies.clear(request));
        List<CompletableFuture<Ending>> endings = found.refreshTokens().stream()
                .map(refreshToken -> keycloak.end(request, refreshToken))
                .toList();
        return CompletableFuture.allOf(endings.toArray(CompletableFuture[]::new))
                .thenApply(done -> {
                    ended(
                            request,
                            found,
                            endings.stream().map(CompletableFuture::join).toList());
                    return reply;
                });
    }

    /** Signs out of an application whose client is disabled: Keycloak does not end sessions for it. */
    public List<SetCookie> endAtDisabled(AuthRequest request) {
        endHere(request);
        return cookies.clear(request);
    }

    /**
     * The sessions of a request: usually one session and its refresh token. But the two cookies may belong to two sessions, one
     * may be missing, and others may be planted beside them.
     *
     * @param refreshTokens one for each of Keycloak's sessions
     */
    private record Found(List<Identity> identities, List<RefreshToken> refreshTokens) {

        boolean isNobody() {
            return identities.isEmpty() && refreshTokens.isEmpty();
        }

        /** Whether there is a session that Keycloak cannot be asked to end. */
        boolean lacksRefreshToken() {
            List<String> known = refreshTokens.stream().map(RefreshToken::sid).toList();
            return !identities.stream().map(Identity::sid).allMatch(known::contains);
        }
    }

    /**
     * Makes every copy of the cookies worthless, without Keycloak. The application's server can make a session cookie with any
     * {@code sid}, so that one counts for this application only. Only the facade can make the refresh token's cookie.
     */
    private Found endHere(AuthRequest request) {
        List<Identity> identities =
                cookies.read(request).stream().map(Session::identity).toList();
        List<RefreshToken> refreshTokens = refreshTokens(request, identities);
        identities.forEach(identity -> revocations.revokeFor(request.keyHolder(), identity.sid()));
        refreshTokens.forEach(refreshToken -> revocations.revoke(refreshToken.sid()));
        return new Found(identities, refreshTokens);
    }

    /** The refresh tokens of the sessions first, since others may be planted before them. */
    private List<RefreshToken> refreshTokens(AuthRequest request, List<Identity> identities) {
        Set<String> own = identities.stream().map(Identity::sid).collect(Collectors.toSet());
        Map<String, RefreshToken> bySid = new LinkedHashMap<>();
        cookies.refreshTokens(request).forEach(refreshToken -> bySid.putIfAbsent(refreshToken.sid(), refreshToken));
        return bySid.values().stream()
                .sorted(Comparator.comparing(refreshToken -> !own.contains(refreshToken.sid())))
                .limit(MAX_ENDED)
                .toList();
    }

    private void ended(AuthRequest request, Found found, List<Ending> endings) {
        List<String> remains =
                endings.stream().flatMap(ending -> failure(ending).stream()).toList();
        remains.forEach(reason -> events.report(new SignOutEvent.KeycloakSessionRemains(request, reason)));
        if (found.lacksRefreshToken()) {
            events.report(new SignOutEvent.KeycloakSessionRemains(
                    request, "the request has no refresh token of the session"));
        }
        events.report(new SignOutEvent.SignedOut(
                request,
                found.identities().stream().findFirst().map(Identity::signedInWith),
                outcome(!remains.isEmpty() || found.lacksRefreshToken(), !found.isNobody())));
    }

    private static Optional<String> failure(Ending ending) {
        return ending.match(ended -> Optional.empty(), failed -> Optional.of(failed.reason()));
    }

    private static SignOutOutcome outcome(boolean remains, boolean session) {
        if (remains) {
            return SignOutOutcome.KEYCLOAK_SESSION_REMAINS;
        }
        return session ? SignOutOutcome.SIGNED_OUT : SignOutOutcome.NOBODY;
    }
}
