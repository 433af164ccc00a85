package io.github.multiclientauth.facade.signout;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.SignOutEvent;
import io.github.multiclientauth.facade.oidc.AuthorizationServer;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.LogoutNotice;
import io.github.multiclientauth.facade.oidc.AuthorizationServer.LogoutToken;
import io.github.multiclientauth.facade.session.Revocations;
import io.github.multiclientauth.facade.wire.Parameters;
import io.github.multiclientauth.facade.wire.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Receives logout tokens: Keycloak says that a session has ended, at another application, by an administrator, or because it
 * was replaced. The session ends at once, for the client of the token only.
 *
 * @see <a href="https://openid.net/specs/openid-connect-backchannel-1_0.html#BCRequest">OpenID Connect Back-Channel
 *     Logout 1.0, section 2.5</a>
 */
public final class BackChannelLogout {

    /** Longer than a token is accepted. */
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);

    /**
     * Beyond this number some tokens are forgotten, not always the oldest, and are accepted again while they are valid. That
     * takes as many genuine tokens within {@link #REMEMBERED_FOR}.
     */
    private static final int MAX_REMEMBERED = 100_000;

    private static final Duration UNIT_OF_ISSUE_TIME = Duration.ofSeconds(1);

    private static final Reply REFUSED = new Reply.Json(400, "{\"error\":\"invalid_request\"}");
    private static final Reply UNAVAILABLE = new Reply.Json(503, "{\"error\":\"temporarily_unavailable\"}");
    private static final Reply DONE = new Reply.Empty(200);

    private final AuthorizationServer keycloak;
    private final ClientDirectory directory;
    private final Revocations revocations;
    private final Executor executor;
    private final Events events;

    /** Used tokens, at this replica. Sent again to another one, a token does nothing: only older sessions end. */
    private final Cache<String, ClientId> used = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED_FOR)
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** @param executor runs what may block: Keycloak's keys may have to be read */
    public BackChannelLogout(
            AuthorizationServer keycloak,
            ClientDirectory directory,
            Revocations revocations,
            Executor executor,
            Events events) {
        this.keycloak = keycloak;
        this.directory = directory;
        this.revocations = revocations;
        this.executor = executor;
        this.events = events;
    }

    /** Ends the session that the token names. Unless the answer is 200, nothing has ended. */
    public CompletionStage<Reply> receive(Parameters form) {
        Optional<String> token = form.nonEmpty("logout_token");
        if (token.isEmpty()) {
            // Not reported: Keycloak's doctor asks this way whether the address is reachable.
            return REFUSED.now();
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(token.get()), executor);
        } catch (RejectedExecutionException e) {
            events.report(new SignOutEvent.LogoutTokenRefused(e.getMessage()));
            return UNAVAILABLE.now();
        }
    }

    private Reply answer(String token) {
        LogoutNotice notice = keycloak.logoutNotice(
                token, client -> directory.snapshot().application(client).isPresent());
        return notice.match(genuine -> end(genuine.token()), forged -> refused(forged.reason()), this::notChecked);
    }

    private Reply notChecked(LogoutNotice.Unverifiable notice) {
        events.report(new SignOutEvent.LogoutTokenNotChecked(notice.reason()));
        return UNAVAILABLE;
    }

    private Reply end(LogoutToken token) {
        if (used.asMap().putIfAbsent(token.id(), token.clientId()) != null) {
            return refused("it was used before");
        }
        Instant upTo = token.issuedAt().plus(UNIT_OF_ISSUE_TIME);
        if (token.sid().isPresent()) {
            revocations.revokeAt(token.clientId(), token.sid().get(), upTo);
        } else {
            token.subject().ifPresent(subject -> revocations.revokeAllAt(token.clientId(), subject, upTo));
        }
        events.report(new SignOutEvent.EndedByKeycloak(token.clientId(), token.sid(), token.subject()));
        return DONE;
    }

    private Reply refused(String reason) {
        events.report(new SignOutEvent.LogoutTokenRefused(reason));
        return REFUSED;
    }
}
