package io.github.multiclientauth.facade.endpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.multiclientauth.facade.event.Events;
import io.github.multiclientauth.facade.event.RequestEvent;
import io.github.multiclientauth.facade.event.RequestEvent.Refusal;
import io.github.multiclientauth.facade.session.AccessToken;
import io.github.multiclientauth.facade.session.Found;
import io.github.multiclientauth.facade.session.SessionReads;
import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.AuthRequest.ServerProof;
import io.github.multiclientauth.facade.wire.Reply;
import io.github.multiclientauth.facade.wire.SetCookie;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/auth/token}: the access token of the user's session, for the application's own server. It needs the session
 * cookie of the request that the server answers, and proof that the server is the application's. A browser never gets a token.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-oauth-browser-based-apps">OAuth 2.0 for Browser-Based
 *     Applications</a>
 */
final class TokenEndpoint implements Endpoint {

    private static final Rules RULES = new Rules(
            "token",
            Rules.Path.NAME,
            // A page of another site cannot prove to be the application's server.
            Rules.Methods.POST,
            Rules.Content.TOKEN,
            Rules.Cookies.NONE,
            Rules.NamesApplication.BY_ORIGIN);

    /** No application and no user is named: the endpoint is the same for all of them (RFC 7617, section 2). */
    private static final String CHALLENGE = "Basic realm=\"multi-client-auth\", charset=\"UTF-8\"";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SessionReads sessions;
    private final TokenFlow flow;
    private final Events events;

    TokenEndpoint(SessionReads sessions, TokenFlow flow, Events events) {
        this.sessions = sessions;
        this.flow = flow;
        this.events = events;
    }

    @Override
    public Rules rules() {
        return RULES;
    }

    /** What costs Keycloak work comes last, after everything that the caller has to prove. */
    @Override
    public CompletionStage<Reply> answer(AuthRequest request, StandingCookies standing) {
        ServerProof proof = request.client().proof();
        if (proof.browser() || request.client().fetchSite().isPresent()) {
            return refused(request, TokenError.ACCESS_DENIED, Refusal.BROWSER, "it comes from a browser");
        }
        Optional<ServerAuthentication.Refusal> refusal = flow.servers().refusal(request);
        if (refusal.isPresent()) {
            return refused(
                    request,
                    refusal.get().error(),
                    Refusal.SERVER_NOT_PROVED,
                    refusal.get().reason());
        }
        if (request.recognized().isPreview()) {
            return refused(
                    request,
                    TokenError.UNAUTHORIZED_CLIENT,
                    Refusal.NOT_ALLOWED,
                    "it comes from a preview, and previews get no tokens");
        }
        if (!request.application().apiAccess().servers()) {
            return refused(
                    request,
                    TokenError.UNAUTHORIZED_CLIENT,
                    Refusal.NOT_ALLOWED,
                    "its client has no mapper API access for servers");
        }
        if (proof.dpop().isEmpty()) {
            return request.application().demands().boundTokens()
                    ? refused(request, TokenError.INVALID_DPOP_PROOF, Refusal.PROOF, "its client demands a DPoP proof")
                    : token(request, Optional.empty());
        }
        return flow.proofs()
                .check(proof.dpop().get(), ServerAuthentication.address(request))
                .match(
                        proved -> token(request, Optional.of(proved.thumbprint())),
                        wrong -> refused(
                                request,
                                TokenError.INVALID_DPOP_PROOF,
                                Refusal.PROOF,
                                "its DPoP proof " + wrong.what()));
    }

    private CompletionStage<Reply> token(AuthRequest request, Optional<String> jkt) {
        return sessions.find(request)
                .thenCompose(found -> found.match(
                        signedIn -> token(request, signedIn, jkt),
                        nobody -> TokenError.INVALID_GRANT
                                .reply(request.reference(), nobody.cookies())
                                .now(),
                        unavailable -> later(request)));
    }

    private CompletionStage<Reply> token(AuthRequest request, Found.SignedIn signedIn, Optional<String> jkt) {
        return flow.tokens()
                .of(request, signedIn.session(), jkt)
                .thenCompose(token -> token.match(
                        issued -> written(issued, signedIn.cookies()).now(),
                        refused -> refused(request, TokenError.UNAUTHORIZED_CLIENT, Refusal.NO_TOKEN, refused.reason()),
                        ended -> refused(request, TokenError.INVALID_GRANT, Refusal.NO_TOKEN, ended.reason()),
                        unavailable -> later(request)));
    }

    private Reply written(AccessToken.Issued issued, List<SetCookie> cookies) {
        Duration left = Duration.between(flow.clock().instant(), issued.expiresAt());
        return new Reply.Json(
                200,
                JSON.createObjectNode()
                        .put("access_token", issued.value())
                        .put("token_type", issued.type())
                        .put("expires_in", Math.max(left.toSeconds(), 0))
                        .put("scope", issued.scope())
                        .toString(),
                cookies);
    }

    private CompletionStage<Reply> refused(AuthRequest request, TokenError error, Refusal refusal, String reason) {
        events.report(new RequestEvent.Refused(request, refusal, reason));
        Reply reply = error.reply(request.reference(), List.of());
        // Only a server that has tried Authorization gets the challenge: a browser asks its user for a password when it
        // gets one.
        return error == TokenError.INVALID_CLIENT
                        && request.client().proof().authorization().isPresent()
                ? new Reply.Challenged(CHALLENGE, reply).now()
                : reply.now();
    }

    private static CompletionStage<Reply> later(AuthRequest request) {
        return CompletableFuture.completedFuture(
                TokenError.TEMPORARILY_UNAVAILABLE.reply(request.reference(), List.of()));
    }

    @Override
    public Reply answerDisabled(AuthRequest request) {
        return TokenError.UNAUTHORIZED_CLIENT.reply(request.reference(), List.of());
    }
}
